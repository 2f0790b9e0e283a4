import type { Context } from "hono";
import * as z from "zod/mini";
import { DeleteChoice } from "../../src/console/publish/delete-choice.tsx";
import { placeOfDocument } from "../../src/console/publish/place-of-document.ts";
import { changeDocument } from "../../src/operations/publishing/change-document.ts";
import { dependentsOf } from "../../src/operations/publishing/dependents-of.ts";
import { changesInWords } from "../../src/publishing/changes-in-words.ts";
import { MAX_WHY } from "../../src/publishing/publish.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";

const text = z.catch(z.string(), "");
const Form = z.object({ key: text, etag: text, why: text, sure: text });

/** Removing a document, after saying what goes with it. */
export const deletion = createAdmin()
  .get("/documents/delete", async (c) => await deletePage(c, c.req.query("key") ?? "", null))
  .post("/documents/delete", async (c) => {
    const { key, etag, why, sure } = Form.parse(await c.req.parseBody());
    if (sure === "")
      return await deletePage(c, key, "Nothing was deleted: say that you are sure.", why, 422);
    const by = c.get("visitor").name;
    const change = { key, text: null, ifMatch: etag, by, why: why.slice(0, MAX_WHY) };
    const answer = await changeDocument(c.env, change);
    switch (answer.is) {
      case "published":
        say(c, "good", `${key} is deleted.`);
        return c.redirect(`/admin/history/${answer.publish.id}`, 303);
      case "conflict": {
        const who = answer.by ?? "somebody";
        const said = `Nothing was deleted: ${who} changed it meanwhile. This is how it is now.`;
        return await deletePage(c, key, said, why);
      }
      case "refused":
        return await deletePage(c, key, `Nothing was deleted. ${answer.why.join(" ")}`, why, 422);
    }
  });

/** What goes with a document; with a problem: why it was not deleted. */
async function deletePage(
  c: Context<AdminEnv>,
  key: string,
  problem: string | null,
  why = "",
  status: 409 | 422 = 409,
): Promise<Response> {
  const found = await c.env.RELAY.getByName(PUBLISHER).document(key);
  const document = found.ok ? found.document : null;
  if (document === null) {
    const said = found.ok ? `There is no document ${key}.` : found.message;
    return await show(
      c,
      {
        title: "Nothing to delete",
        place: placeOfDocument(key),
        status: found.ok ? 404 : 503,
        said: { kind: "bad", text: said },
      },
      <p>
        <a href="/admin/mappings">All mappings</a>
      </p>,
    );
  }
  const refused = { status, said: { kind: "bad", text: problem ?? "" } } as const;
  return await show(
    c,
    { title: `Delete ${key}?`, place: placeOfDocument(key), ...(problem === null ? {} : refused) },
    <DeleteChoice
      documentKey={key}
      etag={document.etag}
      why={why}
      words={changesInWords(key, document.text, null)}
      dependents={await dependentsOf(c.env, key)}
      mayChange={isEditor(c)}
    />,
  );
}
