import type { Child } from "hono/jsx";
import type { ReplayRequest } from "../../operations/events/replay-event.ts";

type ReplayFormProps = {
  /** The event. */
  id: string;
  how: ReplayRequest["how"];
  /** What its button says. */
  button: string;
  /** Null: it may be pressed; else why not. */
  whyNot: string | null;
  /** What is sent twice under this name is done once. */
  once: string;
  children: Child;
};

/** A form that sends an event's messages once more. */
export function ReplayForm({ id, how, button, whyNot, once, children }: ReplayFormProps) {
  return (
    <form class="stack" method="post" action={`/admin/events/${id}/replay`}>
      <input type="hidden" name="how" value={how} />
      <input type="hidden" name="once" value={once} />
      {children}
      <div class="row">
        <button class="main" disabled={whyNot !== null}>
          {button}
        </button>
        {whyNot === null ? null : <span class="soft small">{whyNot}</span>}
      </div>
    </form>
  );
}

/** Why somebody who may only look cannot press a button; null: they can. */
export function onlyEditors(mayChange: boolean): string | null {
  return mayChange ? null : "Only an editor can do this.";
}
