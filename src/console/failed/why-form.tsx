import type { Child } from "hono/jsx";
import { MAX_REASON } from "../../operations/destinations/max-reason.ts";

/** Asks why before a destination is paused or given up; `problem`: what was wrong with the answer before. */
export function WhyForm(props: {
  action: string;
  back: string;
  button: string;
  grave?: boolean;
  why?: string;
  problem?: string | null;
  mayChange: boolean;
  children: Child;
}) {
  const { action, back, button, grave = false, why = "", problem = null, children } = props;
  if (!props.mayChange) {
    return (
      <section class="card">
        {children}
        <p>
          Only an editor can do this. <a href={back}>Back</a>
        </p>
      </section>
    );
  }
  return (
    <form method="post" action={action} class="card">
      {children}
      <input type="hidden" name="back" value={back} />
      <div class="field">
        <label for="why">Why? Others will ask.</label>
        <input
          id="why"
          name="why"
          required
          maxlength={MAX_REASON}
          value={why}
          {...(problem === null ? {} : { "aria-invalid": "true", "aria-describedby": "problem" })}
        />
        {problem === null ? null : (
          <p id="problem" class="hint" role="alert">
            {problem}
          </p>
        )}
      </div>
      <div class="row">
        <button class={grave ? "grave" : "main"}>{button}</button>
        <a class="button" href={back}>
          Leave it as it is
        </a>
      </div>
    </form>
  );
}
