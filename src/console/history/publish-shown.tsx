import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { changesInWords } from "../../publishing/changes-in-words.ts";
import {
  changeKind,
  type Change,
  type ChangeKind,
  type Publish,
} from "../../publishing/publish.ts";
import type { ErrorsLeft } from "../../operations/publishing/errors-left.ts";
import { viaInWords, whyOf } from "../../publishing/publish-in-words.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { ChangeWords } from "../publish/change-words.tsx";
import { documentAt, DocumentLink } from "../publish/document-link.tsx";
import { TextDiff } from "../publish/text-diff.tsx";
import { DestinationLook } from "./destination-look.tsx";
import { Spread } from "./spread.tsx";

/** More than so many differences are folded up. */
const UNFOLDED = 3;
/** So long somebody who has just published looks at it. */
const NEWS_MS = 60_000;

/** One publish: who, when and why, how far it has come, and what it changed in each document. */
export function PublishShown(props: {
  publish: Publish;
  changes: Change[];
  /** What lint says of its documents as they still are. */
  left: ErrorsLeft[];
  /** Where the other documents are; null: these are the last. */
  more: string | null;
  mayChange: boolean;
  now: number;
}) {
  const { publish, changes, left, more, mayChange, now } = props;
  const { id, at, by, via, restores, total } = publish;
  return (
    <>
      <section class="card">
        <dl class="facts">
          <dt>Who</dt>
          <dd>
            {by ?? "Somebody"}, {viaInWords(via)}
          </dd>
          <dt>When</dt>
          <dd>
            <Moment at={Date.parse(at)} now={now} />
          </dd>
          <dt>Why</dt>
          <dd>{whyOf(publish)}</dd>
          {restores === null ? null : (
            <>
              <dt>Puts back</dt>
              <dd>
                what was before <a href={`/admin/history/${restores}`}>{restores}</a>
              </dd>
            </>
          )}
        </dl>
        <Spread publish={publish} />
        {mayChange ? (
          <p>
            <a class="button" href={`/admin/history/${id}/rollback`}>
              Roll back …
            </a>
          </p>
        ) : null}
      </section>
      {left.length === 0 ? null : <Left left={left} />}
      <DestinationLooks changes={changes} isNew={now - Date.parse(at) < NEWS_MS} />
      <ChangesShown changes={changes} unfolded={total <= UNFOLDED} />
      {more === null ? null : (
        <nav class="pager" aria-label="More documents">
          <a href={more} rel="next">
            More of its {counted(total, "document")}
          </a>
        </nav>
      )}
    </>
  );
}

/** What it published although it is wrong, and where to put that right. */
function Left({ left }: { left: ErrorsLeft[] }) {
  return (
    <section class="card" aria-labelledby="errors-left">
      <h2 id="errors-left">Published with errors</h2>
      {left.map(({ key, errors }) => (
        <>
          <ul>
            {errors.map((error) => (
              <li>{error}</li>
            ))}
          </ul>
          <p>
            <a href={documentAt(key)}>Correct {key}</a>
          </p>
        </>
      ))}
    </section>
  );
}

/** Whether messages get through to the destinations of a publish. */
function DestinationLooks({ changes, isNew }: { changes: Change[]; isNew: boolean }) {
  const names = changes.flatMap(({ key, after }) =>
    after !== null && key.startsWith(DESTINATIONS) ? [key.slice(DESTINATIONS.length)] : [],
  );
  if (names.length === 0 || names.length > UNFOLDED) return null;
  return (
    <section class="card" aria-labelledby="gets-through">
      <h2 id="gets-through">Do messages get through?</h2>
      {names.map((name, index) => (
        <DestinationLook name={name} place={`look-${index}`} isNew={isNew} />
      ))}
    </section>
  );
}

/** What changes in each document: in words, and as YAML. */
export function ChangesShown({ changes, unfolded }: { changes: Change[]; unfolded: boolean }) {
  return (
    <>
      {changes.map(({ key, before, after }) => (
        <section class="card" aria-label={key}>
          <h2>
            <DocumentLink documentKey={key} />{" "}
            <span class="soft small">{KINDS[changeKind({ before, after })]}</span>
          </h2>
          <ChangeWords words={changesInWords(key, before, after)} />
          <details open={unfolded}>
            <summary>The lines that differ</summary>
            <TextDiff before={before} after={after} label={`The lines of ${key} that differ`} />
          </details>
          <p class="small">
            <a href={`/admin/history?${new URLSearchParams({ key }).toString()}`}>
              Its whole history
            </a>
          </p>
        </section>
      ))}
    </>
  );
}

const KINDS: Record<ChangeKind, string> = { added: "new", changed: "changed", removed: "removed" };
