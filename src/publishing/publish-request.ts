import * as z from "zod/mini";
import { sentence } from "../words/sentence.ts";
import { MAX_SIGNER } from "../max-signer.ts";
import { MAX_CHANGES, MAX_WHY, type PublishRequest } from "./publish.ts";

const etag = z
  .string()
  .check(
    z.regex(/^"[^"]+"$/, { error: 'expected an etag with its quotes, such as "\\"5f36…\\""' }),
  );
const words = (max: number) =>
  z.string().check(z.maxLength(max, { error: `expected at most ${max} characters` }));

/** What `POST /admin/api/publishes` is given. */
export const PublishBody = z.object({
  by: z.nullable(
    words(MAX_SIGNER).check(
      z.minLength(1, { error: "say who publishes" }),
      z.describe("Who; null: a program that does not say."),
    ),
  ),
  why: z._default(words(MAX_WHY), ""),
  via: z._default(z.enum(["console", "command line", "api"]), "api"),
  restores: z._default(
    z.nullable(z.string().check(z.describe("The publish whose previous texts this puts back."))),
    null,
  ),
  changes: z
    .array(
      z.object({
        key: z.string().check(z.minLength(1, { error: "expected a key" })),
        text: z.nullable(z.string()).check(z.describe("The document, JSON; null removes it.")),
        ifMatch: z
          .nullable(etag)
          .check(z.describe("The etag that it has; null: there is none yet.")),
      }),
    )
    .check(
      z.minLength(1, { error: "there is nothing to publish" }),
      z.maxLength(MAX_CHANGES, {
        error: `expected at most ${MAX_CHANGES} documents; publish the rest after them`,
      }),
    ),
});

/** Reads what somebody wants published, or says what is wrong with it, and where (a key path). */
export function readPublishRequest(
  json: string,
): { ok: true; request: PublishRequest } | { ok: false; path: string; message: string } {
  let input: unknown;
  try {
    input = JSON.parse(json);
  } catch {
    return { ok: false, path: "", message: "The body is not JSON." };
  }
  const read = PublishBody.safeParse(input);
  if (!read.success) {
    const [issue] = read.error.issues;
    const message = issue?.message ?? "unusable";
    return { ok: false, path: issue?.path.join(".") ?? "", message: sentence(message) };
  }
  const seen = new Set<string>();
  for (const [index, { key, text, ifMatch }] of read.data.changes.entries()) {
    const path = `changes.${index}`;
    if (seen.has(key)) return { ok: false, path, message: `The document ${key} is named twice.` };
    if (text === null && ifMatch === null) {
      const message = `There is nothing to remove: ifMatch says that ${key} must be absent.`;
      return { ok: false, path, message };
    }
    seen.add(key);
  }
  return { ok: true, request: read.data };
}
