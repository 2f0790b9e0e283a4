import { MAX_REASON } from "../../operations/destinations/max-reason.ts";
import type { Health } from "../../operations/destinations/destination-health.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";
import { inAddress } from "../in-address.ts";

/**
 * The button that resumes what is paused, or asks why and pauses. `back`: the page to come back to, at this
 * button.
 */
export function PauseForm({ name, health, back }: { name: string; health: Health; back: string }) {
  const at = `/admin/destinations/${inAddress(name)}`;
  const id = `pause-${name}`;
  const here = `${back}#${inAddress(id)}`;
  if (health.is === "paused") {
    return (
      <form method="post" action={`${at}/resume`}>
        <input type="hidden" name="back" value={here} />
        <button id={id}>
          {health.code === PAUSED_BY_PERSON ? "Resume" : "Try now"}
          <span class="unseen">: {name}</span>
        </button>
      </form>
    );
  }
  return (
    <details class="pause">
      <summary id={id} aria-label={`Pause ${name}`}>
        Pause
      </summary>
      <form method="post" action={`${at}/pause`} class="stack">
        <input type="hidden" name="back" value={here} />
        <label class="field">
          <span class="label">Why is it paused?</span>
          <input name="why" required maxlength={MAX_REASON} />
        </label>
        <p class="small soft">Nothing is sent there until somebody resumes it. What comes waits.</p>
        <button>Pause {name}</button>
      </form>
    </details>
  );
}
