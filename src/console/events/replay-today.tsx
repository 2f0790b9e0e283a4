import { targetAlone } from "../../mappings/address.ts";
import type { SimulatedDelivery } from "../../simulation/simulate-event.ts";
import { nothingInWords } from "../../simulation/simulation-in-words.ts";
import { SimulatedMessage } from "../preview/simulated-message.tsx";
import { onlyEditors, ReplayForm } from "./replay-form.tsx";
import type { ReplayPageProps } from "./replay-page.tsx";

/** What today's rules make of the event, to be sent where somebody ticks it. */
export function ReplayToday({ event, simulation, names, mayChange, once }: ReplayPageProps) {
  return (
    <section class="card" aria-labelledby="today">
      <h2 id="today">With today's rules</h2>
      {simulation === null ? (
        <p>Its body is not a JSON object, so no rule can be asked.</p>
      ) : simulation.deliveries.length === 0 ? (
        <p>{nothingInWords(simulation.waits, simulation.reason)}</p>
      ) : (
        <ReplayForm
          id={event.id}
          how="today"
          once={once}
          button="Send what is ticked"
          whyNot={onlyEditors(mayChange) ?? nothingToTick(simulation.deliveries)}
        >
          <p>
            This is what today's rules say. It is sent also where the event was posted before.
            {event.project?.match(/^[CDG][A-Z0-9]{8,}$/)
              ? " What was answered before is not answered again."
              : ""}
          </p>
          {simulation.deliveries.map((delivery) => (
            <div class="stack">
              {canSend(delivery) ? (
                <label class="choice">
                  <input type="checkbox" name="to" value={delivery.destination} checked />
                  Send it to {targetAlone(delivery.destination)}
                </label>
              ) : null}
              <SimulatedMessage delivery={{ ...delivery, blockKitBuilder: null }} names={names} />
            </div>
          ))}
        </ReplayForm>
      )}
    </section>
  );
}

/** Whether a replay queues it; what waits for its destination's document does so in the queue. */
function canSend({ outcome }: SimulatedDelivery): boolean {
  switch (outcome) {
    case "sent":
    case "waits":
      return true;
    case "shadow":
    case "confidential":
    case "nowhere":
      return false;
  }
}

function nothingToTick(deliveries: SimulatedDelivery[]): string | null {
  return deliveries.some(canSend) ? null : "Nothing of it would be sent.";
}
