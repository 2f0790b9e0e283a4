import type { PublishConflict } from "../../operations/publishing/conflict-of.ts";
import { named } from "../../words/named.ts";
import { changesInWords } from "../../publishing/changes-in-words.ts";
import { Moment } from "../moment.tsx";
import { ChangeWords } from "./change-words.tsx";
import { documentAt } from "./document-link.tsx";
import { DraftFields } from "./draft-fields.tsx";
import { KeptText } from "./kept-text.tsx";
import { TextDiff } from "./text-diff.tsx";

/**
 * Somebody else was faster, or the visitor in another window (`isOwn`): what was changed there, and what can
 * be done with both.
 */
export function ConflictChoices(props: {
  documentKey: string;
  /** Of what the draft was begun with; null: of nothing. */
  begun: string | null;
  /** The draft, and the same as a page may have it. */
  text: string;
  kept: string;
  why: string;
  conflict: PublishConflict;
  isOwn: boolean;
  now: number;
}) {
  const { documentKey, begun, text, kept, why, conflict, isOwn, now } = props;
  const said = isOwn ? OWN : OTHERS;
  const { theirs, base, words, merged } = conflict;
  const draft = { documentKey, begun: begun ?? "none", etag: theirs?.etag ?? "", text: kept, why };
  return (
    <>
      <section class="card" aria-labelledby="theirs">
        <h2 id="theirs">{said.theirs}</h2>
        <Whose {...{ conflict, isOwn, now }} />
        <ChangeWords words={words} />
        <TextDiff before={base} after={theirs?.text ?? null} label={`${said.theirs}, as YAML`} />
      </section>
      <section class="card" aria-labelledby="mine">
        <h2 id="mine">{said.mine}</h2>
        <ChangeWords words={changesInWords(documentKey, base, text)} />
        <TextDiff before={base} after={text} label={`${said.mine}, as YAML`} />
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
                : `${said.both} changed ${named(merged.both.map(changedPlace))}.`}
            </p>
          )}
          <div class="stack">
            <h3>{said.take}</h3>
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
                {said.take}
              </a>
            </p>
          </div>
          <form method="post" action={documentAt(documentKey)} class="stack">
            <h3>{said.over}</h3>
            <DraftFields {...draft} id="why-over" />
            <label class="sure">
              <input type="checkbox" name="sure" value="yes" required />
              <span>{said.sure}</span>
            </label>
            <p class="row">
              <button class="grave" name="act" value="over">
                {said.over}
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

const OTHERS = {
  theirs: "What they changed",
  mine: "What you changed",
  both: "both of you",
  take: "Take theirs",
  over: "Overwrite theirs",
  sure: "I have read what they changed. Mine replaces it; the history keeps theirs.",
};

const OWN: typeof OTHERS = {
  theirs: "What was published meanwhile",
  mine: "What you changed here",
  both: "both",
  take: "Take what is published",
  over: "Overwrite what is published",
  sure: "I have read what was published. This text replaces it; the history keeps that one.",
};

function Whose(props: { conflict: PublishConflict; isOwn: boolean; now: number }) {
  const { conflict, isOwn, now } = props;
  const { theirs, publish } = conflict;
  const by = isOwn ? "You" : (publish?.by ?? theirs?.by ?? "Somebody");
  const at = publish?.at ?? theirs?.at ?? null;
  return (
    <p>
      <strong>{by}</strong> {theirs === null ? "removed this document" : "published this document"}
      {isOwn ? " in another window or tab" : ""}
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
