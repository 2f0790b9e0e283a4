import { destinationName } from "../../operations/events/why-posted.ts";
import { fullName, type ShownDelivery } from "../../relay/show-event.ts";
import { onlyEditors, ReplayForm } from "./replay-form.tsx";
import type { ReplayPageProps } from "./replay-page.tsx";
import { sentAgain } from "../../operations/events/sent-again.ts";

/** The event's messages once more, word for word. */
export function ReplayAgain({ event, mayChange, once }: ReplayPageProps) {
  const deliveries = sentAgain(event);
  return (
    <section class="card" aria-labelledby="again">
      <h2 id="again">As it was</h2>
      {deliveries.length === 0 ? (
        <p>There is no message of this event that could be sent again as it was.</p>
      ) : (
        <ReplayForm
          id={event.id}
          how="again"
          once={once}
          button="Send these again"
          whyNot={onlyEditors(mayChange)}
        >
          <fieldset class="choices">
            <legend>The same messages, word for word, to where they were to go then:</legend>
            {deliveries.map((delivery) => (
              <label>
                <input type="checkbox" name="to" value={fullName(delivery)} checked />
                {destinationName(delivery)} <span class="soft small">{becameOf(delivery)}</span>
              </label>
            ))}
          </fieldset>
        </ReplayForm>
      )}
    </section>
  );
}

function becameOf({ state }: ShownDelivery): string {
  if (state === "failed") return "it failed there";
  return state === "filtered" ? "it was given up" : "it was delivered there";
}
