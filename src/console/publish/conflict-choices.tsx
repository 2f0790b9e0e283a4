import type { PublishConflict } from "../../operations/publishing/conflict-of.ts";
import { named } from "../../words/named.ts";
import { changesInWords } from "../../publishing/changes-in-words.ts";
import { Moment } from "../moment.tsx";
import { ChangeWords } from "./change-words.tsx";
import { documentAt } from "./document-link.tsx";
import { DraftFields } from "./draft-fields.tsx";
import { KeptText } from "./kept-text.tsx";
import { TextDiff } from "./text-diff.tsx";

/** Somebody else was faster: what they changed, and what can be done with both. */
export function ConflictChoices(props: {
  documentKey: string;
  /** Of what the draft was begun with; null: of nothing. */
  begun: string | null;
  /** The draft, and the same as a page may have it. */
  text: string;
  kept: string;
  why: string;
  conflict: PublishConflict;
  now: number;
}) {
  const { documentKey, begun, text, kept, why, conflict, now } = props;
  const { theirs, base, words, merged } = conflict;
  const draft = { documentKey, begun: begun ?? "none", etag: theirs?.etag ?? "", text: kept, why };
  return (
    <>
      <section class="card" aria-labelledby="theirs">
        <h2 id="theirs">What they changed</h2>
        <Whose {...{ conflict, now }} />
        <ChangeWords words={words} />
        <TextDiff before={base} after={theirs?.text ?? null} label="What they changed, as YAML" />
      </section>
      <section class="card" aria-labelledby="mine">
        <h2 id="mine">What you changed</h2>
        <ChangeWords words={changesInWords(documentKey, base, text)} />
        <TextDiff before={base} after={text} label="What you changed, as YAML" />
        <KeptText text={text} />
      </section>
      <section class="card" aria-labelledby="choices">
        <h2 id="choices">What now?</h2>
        <div class="stack ways">
          {merged === null ? null : merged.ok ? (
            <div class="stack">
              <h3>Publish both</h3>
              <p>
                Your changes do not touch the same places. Together, compared with what is published
                now:
              </p>
              <TextDiff
                before={theirs?.text ?? null}
                after={merged.text}
                label="Both changes, compared with what is published now"
              />
              <form method="post" action={documentAt(documentKey)} class="stack">
                <DraftFields {...draft} id="why-both" />
                <div class="row">
                  <button class="main" name="act" value="both">
                    Publish both
                  </button>
                  <button name="act" value="edit">
                    Edit both first
                  </button>
                </div>
              </form>
            </div>
          ) : (
            <p>
              They cannot be put together by themselves:{" "}
              {"wrong" in merged
                ? `that would be wrong: ${merged.wrong.join(" ")}`
                : `both of you changed ${named(merged.both.map(changedPlace))}.`}
            </p>
          )}
          <div class="stack">
            <h3>Take theirs</h3>
            <p>
              {theirs === null
                ? "The document stays removed."
                : "Go on from what is published now. Your text stays on this page until you leave it."}
            </p>
            <p>
              <a
                class="button"
                href={theirs === null ? "/admin/mappings" : documentAt(documentKey)}
              >
                Take theirs
              </a>
            </p>
          </div>
          <form method="post" action={documentAt(documentKey)} class="stack">
            <h3>Overwrite theirs</h3>
            <DraftFields {...draft} id="why-over" />
            <label class="sure">
              <input type="checkbox" name="sure" value="yes" required />
              <span>
                I have read what they changed. Mine replaces it; the history keeps theirs.
              </span>
            </label>
            <p class="row">
              <button class="grave" name="act" value="over">
                Overwrite theirs
              </button>
              {merged?.ok === true ? null : (
                <button name="act" value="edit" formnovalidate>
                  Edit mine first
                </button>
              )}
            </p>
          </form>
        </div>
      </section>
    </>
  );
}

function Whose({ conflict: { theirs, publish }, now }: { conflict: PublishConflict; now: number }) {
  const by = publish?.by ?? theirs?.by ?? "Somebody";
  const at = publish?.at ?? theirs?.at ?? null;
  return (
    <p>
      <strong>{by}</strong> {theirs === null ? "removed this document" : "published this document"}
      {at === null ? null : (
        <>
          {" "}
          <Moment at={Date.parse(at)} now={now} />
        </>
      )}
      {publish === null ? null : (
        <>
          {" "}
          (<a href={`/admin/history/${publish.id}`}>in the history</a>)
          {publish.why === "" ? null : `: ${publish.why}`}
        </>
      )}
    </p>
  );
}

/** Where both changed something, as `“message” of the rule “New issues”`. */
function changedPlace(path: string[]): string {
  const [first, name, ...field] = path;
  if (first === undefined) return "the document as a whole";
  if (first !== "rules" || name === undefined) return `“${path.join(".")}”`;
  return field.length === 0 ? `the rule “${name}”` : `“${field.join(".")}” of the rule “${name}”`;
}
