import { DESTINATIONS } from "../../src/mappings/destination-key.ts";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { EditorPage, type EditedDocument } from "../../src/console/editor/editor-page.tsx";
import type { NewDocument } from "../../src/console/editor/starting-text.ts";
import { PublishPanel } from "../../src/console/publish/publish-panel.tsx";
import type { Said } from "../../src/console/notice.tsx";
import { eventsToPreview } from "../../src/operations/drafts/events-to-preview.ts";
import { shownText } from "../../src/publishing/shown-text.ts";
import type { AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { show } from "./show.tsx";

/** A document to be shown in the editor; what is left out is not known. */
export type ShownInEditor = {
  key: string;
  /** The etag of the text that is to be replaced; null: it is a new document. */
  etag: string | null;
  /** The text (JSON) to begin with, with no address that its reader did not write. */
  text: string;
  /** The YAML to begin with instead. */
  yaml?: string;
  published?: EditedDocument["published"];
  /** Why it was not published. */
  problems?: { path: string; message: string }[];
  /** The reason that was given already. */
  why?: string;
  said?: Said;
  status?: ContentfulStatusCode;
};

/** Answers with the editor's page. */
export async function showEditor(
  c: Context<AdminEnv>,
  { key, etag, text, yaml, published, problems, why, said, status }: ShownInEditor,
): Promise<Response> {
  const events = await eventsToPreview(c.env, key);
  // Where somebody comes from an event's page.
  const chosen = c.req.query("event") ?? null;
  const edited: EditedDocument = {
    key,
    etag,
    kind: kindOf(key),
    json: text,
    yaml: yaml ?? null,
    readable: yaml ?? shownText(text),
    published: published ?? null,
    problems: problems ?? [],
  };
  return show(
    c,
    {
      title: etag === null ? `New ${edited.kind}` : key,
      place:
        edited.kind === "person"
          ? "people"
          : edited.kind === "mapping"
            ? "mappings"
            : "destinations",
      ...(isEditor(c)
        ? {}
        : {
            about:
              "You may change the text here and see what it would post. Publishing is for editors.",
          }),
      scripts: ["editor", "publish"],
      ...(said === undefined ? {} : { said }),
      ...(status === undefined ? {} : { status }),
    },
    <EditorPage edited={edited} events={events} chosen={chosen} now={Date.now()}>
      <PublishPanel
        documentKey={etag === null ? "" : key}
        etag={etag}
        why={why ?? ""}
        mayChange={isEditor(c)}
      />
    </EditorPage>,
  );
}

function kindOf(key: string): NewDocument {
  if (key.startsWith(DESTINATIONS)) return "destination";
  return key.startsWith("person/") ? "person" : "mapping";
}
