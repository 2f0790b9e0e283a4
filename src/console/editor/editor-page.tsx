import type { Child } from "hono/jsx";
import type { EventToPreview } from "../../operations/drafts/events-to-preview.ts";
import { Moment } from "../moment.tsx";
import { PreviewPane } from "../preview/preview-pane.tsx";
import { sampleSource } from "../preview/sample-source.ts";
import { documentAt, newDocumentAt } from "../publish/document-link.tsx";
import { Editor, type EditorProps } from "./editor.tsx";
import { NameField } from "./name-field.tsx";
import type { NewDocument } from "./starting-text.ts";
import { inAddress } from "../in-address.ts";

/** A document as it is edited. */
export type EditedDocument = Omit<EditorProps, "by"> & {
  key: string;
  /** The etag of the text that is replaced; null: it is a new document. */
  etag: string | null;
  /** What a new one is to be. */
  kind: NewDocument;
  /** Who published it last, and when (milliseconds). */
  published: { by: string | null; at: number } | null;
  /** Why it was not published, by where in it. */
  problems: { path: string; message: string }[];
};

type EditorPageProps = {
  edited: EditedDocument;
  events: EventToPreview[];
  /** The event to begin with, by its id; null: the first of them. */
  chosen: string | null;
  now: number;
  /** How it is published: part of the form. */
  children: Child;
};

/** A document in the editor, with what it would post and how it is published beside it. */
export function EditorPage({ edited, events, chosen, now, children }: EditorPageProps) {
  const { key, etag, kind, published, problems, ...editor } = edited;
  const at = chosen === null ? {} : { event: chosen };
  // A page that answers it has an address that leads to the document, too.
  const action = etag === null ? newDocumentAt(kind, key) : documentAt(key, at);
  return (
    <>
      {problems.length === 0 ? null : <Refused problems={problems} />}
      <div class="editing">
        <form id="publish" method="post" action={action} class="stack" data-doc={key}>
          <input type="hidden" name="etag" value={etag ?? ""} />
          {etag === null ? (
            <NameField kind={kind} documentKey={key} />
          ) : (
            <input type="hidden" name="key" value={key} />
          )}
          {published === null ? null : (
            <p class="soft small">
              Published <Moment at={published.at} now={now} />
              {published.by === null ? "" : ` by ${published.by}`} ·{" "}
              <a href={`/admin/history?key=${inAddress(key)}`}>History</a>
            </p>
          )}
          <Editor {...editor} by={published?.by ?? null} />
          {children}
        </form>
        <PreviewPane events={events} source={sampleSource(key)} chosen={chosen} alone={false} />
      </div>
    </>
  );
}

function Refused({ problems }: { problems: EditedDocument["problems"] }) {
  return (
    <div class="notice bad" role="alert">
      <p>It was not published. Your text is below as you sent it.</p>
      <ul>
        {problems.map(({ path, message }) => (
          <li>
            {path === "" ? null : (
              <>
                <code>{path}</code>:{" "}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
