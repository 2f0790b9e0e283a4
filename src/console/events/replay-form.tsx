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
  children: Child;
};

/** A form that sends an event's messages once more. */
export function ReplayForm({ id, how, button, whyNot, children }: ReplayFormProps) {
  return (
    <form class="stack" method="post" action={`/admin/events/${id}/replay`}>
      <input type="hidden" name="how" value={how} />
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
