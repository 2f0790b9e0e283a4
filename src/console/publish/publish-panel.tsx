import { MAX_WHY } from "../../publishing/publish.ts";
import { lookAgain } from "../look-again.ts";

/** What stands beside a draft: what it changes, why, and the button; within the form of the editor. */
export function PublishPanel(props: {
  documentKey: string;
  /** Of the document that was begun with; null: it is a new one. */
  etag: string | null;
  /** The reason that was given already. */
  why: string;
  mayChange: boolean;
}) {
  const { documentKey, etag, why, mayChange } = props;
  const query = new URLSearchParams({ key: documentKey, etag: etag ?? "" }).toString();
  return (
    <section class="publish-panel card" aria-labelledby="publish-title">
      <h2 id="publish-title">{mayChange ? "Publish" : "What it would change"}</h2>
      {documentKey === "" ? null : (
        <div id="changed-meanwhile" aria-live="polite">
          <div
            hx-get={`/admin/documents/changed?${query}`}
            {...lookAgain("editor")}
            hx-swap="outerHTML"
          />
        </div>
      )}
      <div class="row">
        <button
          class="main"
          type="button"
          id="look-button"
          hx-post="/admin/try/backtest"
          hx-target="#changes"
          hx-swap="innerHTML"
          hx-sync="#changes:replace"
        >
          See what changes
        </button>
        <label>
          with the events of the last{" "}
          <select name="since">
            <option value="7d">7 days</option>
            <option value="1d">day</option>
          </select>
        </label>
      </div>
      <p id="changes-said" class="unseen" role="status" />
      <div id="changes" />
      {mayChange ? (
        <>
          <div class="field">
            <label for="publish-why">Why</label>
            <input
              id="publish-why"
              name="why"
              value={why}
              maxlength={MAX_WHY}
              aria-describedby="publish-why-hint"
            />
            <span class="hint" id="publish-why-hint">
              For whoever looks at the history later.
            </span>
          </div>
          <div class="row">
            <button id="publish-button" aria-describedby="publish-reason">
              Publish without looking
            </button>
            <span id="publish-reason" class="small soft" aria-live="polite">
              It is in use at once, and can be rolled back.
            </span>
          </div>
          {etag === null ? null : (
            <p class="small deletes">
              <a
                href={`/admin/documents/delete?${new URLSearchParams({ key: documentKey }).toString()}`}
              >
                Delete this document …
              </a>
            </p>
          )}
        </>
      ) : null}
    </section>
  );
}
