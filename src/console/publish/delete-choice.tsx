import { MAX_WHY } from "../../publishing/publish.ts";
import type { Dependents } from "../../operations/publishing/dependents-of.ts";
import { DocumentLink, documentAt } from "./document-link.tsx";
import { ChangeWords } from "./change-words.tsx";

/** What goes with a document, and the button that removes it. */
export function DeleteChoice(props: {
  documentKey: string;
  etag: string;
  /** The reason that was given already. */
  why: string;
  /** What removing it changes. */
  words: string[];
  dependents: Dependents;
  mayChange: boolean;
}) {
  const { documentKey, etag, why, words, dependents, mayChange } = props;
  const { rules, settings } = dependents;
  return (
    <section class="card">
      <ChangeWords words={words} />
      {rules.length === 0 ? null : (
        <>
          <p>
            These rules go to it. Their messages would wait until there is such a destination again:
          </p>
          <ul>
            {rules.map(({ mapping, rule }) => (
              <li>
                {rule === null ? "a rule" : `"${rule}"`} of <DocumentLink documentKey={mapping} />
              </li>
            ))}
          </ul>
        </>
      )}
      {settings.map((name) => (
        <p>The setting {name} names it: alerts would not be told there any more.</p>
      ))}
      {mayChange ? (
        <form method="post" action="/admin/documents/delete" class="stack">
          <input type="hidden" name="key" value={documentKey} />
          <input type="hidden" name="etag" value={etag} />
          <div class="field">
            <label for="delete-why">Why</label>
            <input id="delete-why" name="why" value={why} maxlength={MAX_WHY} />
          </div>
          <label class="sure">
            <input type="checkbox" name="sure" value="yes" required />
            <span>Yes, delete it. It can be rolled back from the history.</span>
          </label>
          <div class="row">
            <button class="grave">Delete {documentKey}</button>
            <a href={documentAt(documentKey)}>Keep it</a>
          </div>
        </form>
      ) : (
        <p>
          Deleting is for editors. <a href={documentAt(documentKey)}>Back to the document</a>
        </p>
      )}
    </section>
  );
}
