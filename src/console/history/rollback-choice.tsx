import { MAX_WHY } from "../../publishing/publish.ts";
import type { Restoration } from "../../operations/publishing/restoration-of.ts";
import { counted } from "../../words/counted.ts";
import { whatOf } from "../../publishing/publish-in-words.ts";
import type { Publish } from "../../publishing/publish.ts";
import { Moment } from "../moment.tsx";
import { Notice } from "../notice.tsx";
import { ChangesShown } from "./publish-shown.tsx";

/** More documents than this are counted, and not shown. */
const SHOWN = 50;
const UNFOLDED = 3;

/** What going back to before a publish would do, and the button that does it. */
export function RollbackChoice(props: {
  restoration: Restoration;
  mayChange: boolean;
  now: number;
}) {
  const { restoration, mayChange, now } = props;
  const { publish, steps, changedSince, print } = restoration;
  const { id } = publish;
  if (steps.length === 0) {
    return (
      <p class="card">
        Everything is as it was before it already. <a href={`/admin/history/${id}`}>Back</a>
      </p>
    );
  }
  return (
    <>
      {changedSince.length === 0 ? null : (
        <Notice said={{ kind: "bad", text: "Some of it was changed again since:" }}>
          <ul>
            {changedSince.map(({ key, by, at, publish: later }) => (
              <li>
                {key}, by {by ?? "somebody"}
                {at === null ? null : (
                  <>
                    , <Moment at={Date.parse(at)} now={now} />
                  </>
                )}
                {later === null ? null : (
                  <>
                    {" "}
                    (<a href={`/admin/history/${later}`}>see it</a>)
                  </>
                )}
              </li>
            ))}
          </ul>
          <p>
            Going back takes these changes away too. Roll those back first, or say below that it is
            meant.
          </p>
        </Notice>
      )}
      {mayChange ? (
        <form method="post" action={`/admin/history/${id}/rollback`} class="card">
          <input type="hidden" name="print" value={print} />
          <div class="field">
            <label for="rollback-why">Why</label>
            <input
              id="rollback-why"
              name="why"
              maxlength={MAX_WHY}
              value={backToBefore(publish).slice(0, 200)}
            />
          </div>
          {changedSince.length === 0 ? null : (
            <label class="sure">
              <input type="checkbox" name="over" value="yes" required />
              <span>Put back also what was changed again since.</span>
            </label>
          )}
          <div class="row">
            <button class="grave">Roll back {counted(steps.length, "document")}</button>
            <a href={`/admin/history/${id}`}>Leave it</a>
            <span class="soft small">
              It is a publish of its own, which can be rolled back too.
            </span>
          </div>
        </form>
      ) : (
        <p class="card">
          Rolling back is for editors. Below is what it would change.{" "}
          <a href={`/admin/history/${id}`}>Back to the publish</a>
        </p>
      )}
      <ChangesShown changes={steps.slice(0, SHOWN)} unfolded={steps.length <= UNFOLDED} />
      {steps.length > SHOWN ? (
        <p>and {counted(steps.length - SHOWN, "more document")} that are put back.</p>
      ) : null}
    </>
  );
}

/** What a publish that goes back is called in the history, unless somebody says it better. */
function backToBefore({ by, why, ...publish }: Publish): string {
  const what = why === "" ? whatOf(publish) : `“${why}”`;
  return by === null ? `Back to before ${what}` : `Back to before ${by}'s ${what}`;
}
