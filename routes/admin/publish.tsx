import type { Context } from "hono";
import * as z from "zod/mini";
import { ChangedMeanwhile } from "../../src/console/publish/changed-meanwhile.tsx";
import { ConflictChoices } from "../../src/console/publish/conflict-choices.tsx";
import { documentAt } from "../../src/console/publish/document-link.tsx";
import { placeOfDocument } from "../../src/console/publish/place-of-document.ts";
import type { PublishConflict } from "../../src/operations/publishing/conflict-of.ts";
import { publishDraft, type Draft } from "../../src/operations/publishing/publish-draft.ts";
import { hideAddresses } from "../../src/publishing/hidden-address.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { showEditor } from "./show-editor.tsx";
import { say } from "./say.ts";
import { show } from "./show.tsx";

const text = z.catch(z.string(), "");

/**
 * A draft as a form carries it. `begun` is the etag that it was begun with, where `etag` is what somebody
 * published since; then `act` says what becomes of theirs, and `sure` that it is known what is lost.
 */
const Form = z.object({
  key: text,
  etag: text,
  text,
  why: text,
  begun: text,
  act: z.catch(z.enum(["both", "over", "edit", ""]), ""),
  sure: text,
});

/** Publishing a document of the editor, and what is in the way of it. */
export const publish = createAdmin()
  .post("/documents", async (c) => {
    const form = Form.parse(await c.req.parseBody());
    const { key, act, sure } = form;
    const replaces = etagIn(form.etag);
    const draft: Draft = {
      key,
      text: form.text,
      begun: form.begun === "" ? replaces : etagIn(form.begun),
      replaces,
      despite: act === "both" ? "both" : act === "over" && sure !== "" ? "over" : null,
      by: c.get("visitor").name,
      why: form.why,
    };
    const answer = await publishDraft(c.env, draft);
    switch (answer.is) {
      case "published":
        say(c, "good", "Published: all rules go by it from now on.");
        return c.redirect(`/admin/history/${answer.publish.id}?${publishedFrom(key)}`, 303);
      case "unchanged":
        say(c, "info", "There is nothing to publish: it is published as it stands.");
        return c.redirect(`${documentAt(key)}&${publishedFrom(key)}`, 303);
      case "refused":
        return await showEditor(c, {
          key,
          etag: draft.begun,
          text: draft.text,
          problems: answer.problems,
          why: draft.why,
          status: 422,
        });
      case "conflict":
        return act === "edit"
          ? await editOnTop(c, draft, answer.conflict)
          : await conflicted(c, draft, answer.conflict, answer.text);
    }
  })
  .get("/documents/changed", async (c) => {
    const { key = "", etag = "" } = c.req.query();
    const found = await c.env.RELAY.getByName(PUBLISHER).document(key);
    // What cannot be read now is looked at again in a moment.
    if (!found.ok || (found.document?.etag ?? "") === etag) return c.body(null, 204);
    return await c.html(<ChangedMeanwhile document={found.document} now={Date.now()} />);
  });

/** Tells the browser that what it keeps of the document's text is published. */
function publishedFrom(key: string): string {
  return new URLSearchParams({ published: key }).toString();
}

/** A form has no null: a document that was not there is "" or, where that says nothing, `none`. */
function etagIn(field: string): string | null {
  return field === "" || field === "none" ? null : field;
}

/** The editor with theirs and mine together; where that cannot be, with mine, to replace theirs. */
async function editOnTop(
  c: Context<AdminEnv>,
  { key, text, why }: Draft,
  { theirs, merged }: PublishConflict,
): Promise<Response> {
  const together = merged?.ok === true;
  return await showEditor(c, {
    key,
    etag: theirs?.etag ?? null,
    why,
    text: together ? hideAddresses(merged.text, text) : text,
    said: {
      kind: "info",
      text: together
        ? "These are both changes together. Nothing is published yet."
        : "This is your text. Publishing it replaces what was published meanwhile.",
    },
  });
}

async function conflicted(
  c: Context<AdminEnv>,
  draft: Draft,
  conflict: PublishConflict,
  text: string,
): Promise<Response> {
  const { key, begun, why, by } = draft;
  const { publish } = conflict;
  // A program may go by the name of whoever runs it.
  const isOwn = publish !== null && publish.by === by && publish.via === "console";
  return await show(
    c,
    {
      title: isOwn ? "You published this in another window" : "Somebody else was faster",
      about: isOwn
        ? `Nothing was published from this page: since you began, you published ${key} in another window or tab.`
        : `Nothing of yours was published: ${key} is not any more what you began with.`,
      place: placeOfDocument(key),
      status: 409,
    },
    <ConflictChoices
      documentKey={key}
      {...{ begun, text, why, conflict, isOwn }}
      kept={draft.text}
      now={Date.now()}
    />,
  );
}
