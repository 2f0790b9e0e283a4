/** What stands beside a draft: what it changes, why, and the button; within the form of the editor. */
export function PublishPanel(props: {
  documentKey: string;
  /** Of the document that was begun with; null: it is a new one. */
  etag: string | null;
  mayChange: boolean;
}) {
  const { documentKey, etag, mayChange } = props;
  const query = new URLSearchParams({ key: documentKey, etag: etag ?? "" }).toString();
  return (
    <section class="publish-panel card" aria-labelledby="publish-title">
      <h2 id="publish-title">Publish</h2>
      {documentKey === "" ? null : (
        <div id="changed-meanwhile" aria-live="polite">
          <div
            hx-get={`/admin/documents/changed?${query}`}
            hx-trigger="every 20s"
            hx-swap="outerHTML"
          />
        </div>
      )}
      <div class="row">
        <button
          type="button"
          hx-post="/admin/try/backtest"
          hx-target="#changes"
          hx-swap="innerHTML"
          hx-sync="#changes:replace"
          hx-disabled-elt="this"
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
              maxlength={2000}
              aria-describedby="publish-why-hint"
            />
            <span class="hint" id="publish-why-hint">
              For whoever looks at the history later.
            </span>
          </div>
          <div class="row">
            <button class="main" id="publish-button" aria-describedby="publish-reason">
              Publish without looking
            </button>
            <span id="publish-reason" class="small soft" aria-live="polite">
              It is in use at once, and can be rolled back.
            </span>
          </div>
          {etag === null ? null : (
            <p class="small">
              <a
                href={`/admin/documents/delete?${new URLSearchParams({ key: documentKey }).toString()}`}
              >
                Delete this document …
              </a>
            </p>
          )}
        </>
      ) : (
        <p class="soft">You may look and try things out. Publishing is for editors.</p>
      )}
    </section>
  );
}
