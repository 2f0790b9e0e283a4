import {
  isNewDocument,
  startingKey,
  startingText,
} from "../../src/console/editor/starting-text.ts";
import { NoDocument } from "../../src/console/editor/no-document.tsx";
import { EventOptions } from "../../src/console/preview/event-choice.tsx";
import { sampleSource } from "../../src/console/preview/sample-source.ts";
import { destinationToTell } from "../../src/operations/destinations/destination-to-tell.ts";
import { editorWords } from "../../src/operations/drafts/editor-words.ts";
import type { Env } from "../../src/env.ts";
import { problems } from "../../src/operations/overview/problems.ts";
import { eventsToPreview } from "../../src/operations/drafts/events-to-preview.ts";
import { publishedTexts } from "../../src/operations/publishing/published-texts.ts";
import { hideAddresses } from "../../src/publishing/hidden-address.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { createAdmin } from "./create-admin.ts";
import { showEditor } from "./show-editor.tsx";
import { show } from "./show.tsx";

/** A document in the editor: a published one by its `key`, or a `new` one. */
export const documents = createAdmin()
  .get("/documents", async (c) => {
    const { key = "", new: kind } = c.req.query();
    if (isNewDocument(kind)) {
      const { items } = await publishedTexts(c.env);
      const named = key === "" ? startingKey(kind) : key;
      const paused = kind === "mapping" ? await pausedNames(c.env) : [];
      const yaml = startingText(kind, named, destinationToTell(items, paused));
      return await showEditor(c, { key: named, etag: null, text: "", yaml });
    }
    if (key === "") return c.redirect("/admin/mappings", 303);
    const found = await c.env.RELAY.getByName(PUBLISHER).document(key);
    if (!found.ok) {
      const said = { kind: "bad", text: `${key} cannot be shown: ${found.message}` } as const;
      return show(c, { title: key, place: "mappings", said, status: 503 }, <></>);
    }
    const { document } = found;
    if (document === null) {
      return show(
        c,
        { title: "There is no such document", place: "mappings", status: 404 },
        <NoDocument docKey={key} />,
      );
    }
    const { etag, by, at } = document;
    const text = hideAddresses(document.text);
    return await showEditor(c, { key, etag, text, published: { by, at: Date.parse(at) } });
  })
  // For a new document whose key somebody is writing.
  .get("/documents/events", async (c) => {
    const { key = "" } = c.req.query();
    const events = await eventsToPreview(c.env, key);
    return await c.html(<EventOptions events={events} source={sampleSource(key)} />);
  })
  .get("/documents/words", async (c) => {
    const { items } = await publishedTexts(c.env);
    return c.json(editorWords(items));
  });

async function pausedNames(env: Env): Promise<string[]> {
  return (await problems(env)).flatMap(({ pauses }) => pauses.map((pause) => pause.destination));
}
