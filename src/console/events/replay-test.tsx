import { destinationName } from "../../operations/events/why-posted.ts";
import { onlyEditors, ReplayForm } from "./replay-form.tsx";
import type { ReplayPageProps } from "./replay-page.tsx";

/** The event's messages to one channel, marked as a test. */
export function ReplayTest({ event, channels, tested, mayChange, once }: ReplayPageProps) {
  const messages = event.deliveries.filter(
    ({ content, role }) => content?.kind === "message" && role !== "test",
  );
  return (
    <section class="card" aria-labelledby="test">
      <h2 id="test">To a test channel</h2>
      {channels.length === 0 ? (
        <p>
          No destination can take it: a test goes to a channel or an incoming webhook
          {event.confidential ? ' with "confidential: true", for this event is confidential' : ""}.
          A workflow could not mark the message as a test.{" "}
          <a href="/admin/documents?new=destination">Make a destination for tests</a>
        </p>
      ) : (
        <ReplayForm
          id={event.id}
          how="test"
          once={once}
          button="Send the test"
          whyNot={onlyEditors(mayChange)}
        >
          <p>
            The message says that it is a test, and that you sent it. It goes to one destination,
            and decides nothing about the event.
          </p>
          <div class="filters">
            <div class="field">
              <label for="test-to">Destination</label>
              <select id="test-to" name="to" required>
                <option value="">choose one</option>
                {channels.map((name) => (
                  <option value={name} selected={name === tested}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="test-message">Message</label>
              <select id="test-message" name="delivery">
                <option value="">what each rule says today</option>
                {messages.map((delivery) => (
                  <option value={delivery.id}>as it was for {destinationName(delivery)}</option>
                ))}
              </select>
            </div>
          </div>
        </ReplayForm>
      )}
    </section>
  );
}
