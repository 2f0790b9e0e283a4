import type { FailureCause } from "../../operations/failures/failure-causes.ts";
import { CauseCard } from "./cause-card.tsx";
import { AskForNames } from "../slack-names/channel-name.tsx";
import { FAILED } from "./failed-href.ts";
import type { FailedProps } from "./failed-props.ts";
import { RetryForm } from "./retry-form.tsx";

/** All that is stuck, cause by cause; not `complete`: there is more than was counted. */
export function FailedPage(
  props: FailedProps & { causes: FailureCause[]; complete: boolean; unknown: string[] },
) {
  const { causes, complete, unknown, ...common } = props;
  if (causes.length === 0) return <AllWell />;
  const retryable = causes
    .filter(({ mend }) => mend === "retry")
    .reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="stack">
      <AskForNames channels={unknown} />
      {complete ? null : (
        <p class="soft">
          There are so many that not all were counted: there are more than it says.
        </p>
      )}
      {retryable > 0 && common.mayChange ? (
        <div class="row">
          <RetryForm meant={{}} back={FAILED} main>
            Retry all that can be retried ({retryable})
          </RetryForm>
          <span class="soft small">
            The oldest go first. Do what it takes for each cause before, or they only fail again.
          </span>
        </div>
      ) : null}
      {common.mayChange ? null : (
        <p class="soft">
          You may look here and change nothing: whoever may edit can send them again.
        </p>
      )}
      {causes.map((cause, index) => (
        <CauseCard cause={cause} place={`cause-${index}`} {...common} />
      ))}
    </div>
  );
}

function AllWell() {
  return (
    <section class="card empty">
      <h2>Nothing failed, and nothing is paused</h2>
      <p>
        Every message that was to be sent is in Slack, or on its way. What is on its way stands
        under <a href="/admin/events?state=pending">Events</a>.
      </p>
    </section>
  );
}
