import type { Context } from "hono";
import { hideAddresses } from "../../src/publishing/hidden-address.ts";
import type { PresentDocument } from "../../src/publishing/present-document.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { http, problem, type AppEnv } from "../http.ts";
import { readBody } from "../read-body.ts";
import { badQuery } from "./bad-query.ts";
import { publishAndAnswer } from "./publish-and-answer.ts";

const MAX_DOCUMENT_BYTES = 2_000_000;
const BEHIND = "/documents/";

/** The documents that operations edit, as they are now. */
export const documents = http
  .createApp()
  .get("/", async (c) => {
    const { DocumentsQuery } = await import("./page-query.ts");
    const query = DocumentsQuery.safeParse(c.req.query());
    if (!query.success) return badQuery(c, query.error.issues[0]);
    const { cursor, limit } = query.data;
    const page = await c.env.RELAY.getByName(PUBLISHER).documents(cursor ?? null, limit);
    if (!page.ok) return problem(c, 503, "kv_unreadable", page.message);
    return c.json({ items: page.items.map((each) => shownTo(c, each)), next: page.next });
  })
  .get("/*", async (c) => {
    const key = keyIn(c);
    const found = await c.env.RELAY.getByName(PUBLISHER).document(key);
    if (!found.ok) return problem(c, 503, "kv_unreadable", found.message);
    const { document } = found;
    if (document === null) return problem(c, 404, "not_found", `There is no document ${key}.`);
    return c.json(shownTo(c, document), 200, { etag: document.etag });
  })
  .put("/*", async (c) => {
    const expected = expectedIn(c);
    if (expected === undefined) return preconditionRequired(c);
    const body = await readBody(c.req.raw, MAX_DOCUMENT_BYTES);
    if (body === null) return problem(c, 413, "too_large", "A document has at most 1 MB.");
    return await change(c, new TextDecoder().decode(body), expected);
  })
  .delete("/*", async (c) => {
    const expected = expectedIn(c);
    if (expected === undefined || expected === null) return preconditionRequired(c);
    return await change(c, null, expected);
  });

async function change(
  c: Context<AppEnv>,
  text: string | null,
  ifMatch: string | null,
): Promise<Response> {
  const { ChangeQuery } = await import("./change-query.ts");
  const query = ChangeQuery.safeParse(c.req.query());
  if (!query.success) return badQuery(c, query.error.issues[0]);
  const { by, why } = query.data;
  const request = {
    by: by === undefined || by === "" ? null : by,
    why,
    via: "api" as const,
    restores: null,
    changes: [{ key: keyIn(c), text, ifMatch }],
  };
  return await publishAndAnswer(c, request, ifMatch === null);
}

/** A document as whoever asks may have it: addresses that post to Slack are for editors. */
function shownTo(c: Context<AppEnv>, document: PresentDocument): PresentDocument {
  if (c.get("role") === "edit") return document;
  return { ...document, text: hideAddresses(document.text) };
}

/** What is behind `/documents/`, slashes and all. */
function keyIn(c: Context<AppEnv>): string {
  const { path } = c.req;
  return decode(path.slice(path.indexOf(BEHIND) + BEHIND.length));
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The etag that the document must have; null: it must be absent; undefined: the request does not say. */
function expectedIn(c: Context<AppEnv>): string | null | undefined {
  if (c.req.header("if-none-match")?.trim() === "*") return null;
  // A proxy that compresses makes an etag a weak one.
  const etag = c.req.header("if-match")?.trim().replace(/^W\//, "");
  return etag === undefined || etag === "*" ? undefined : etag;
}

function preconditionRequired(c: Context<AppEnv>): Response {
  return problem(
    c,
    428,
    "precondition_required",
    "Say what the document is that you change: If-Match with its etag, or If-None-Match: * for a new one.",
  );
}
