import type { Context } from "hono";
import type { ZodMiniType } from "zod/mini";
import { problem } from "../http.ts";
import { badBody } from "./bad-query.ts";

/** A request's body as its schema has it; or the answer that says what is wrong with it. */
export async function readJson<T>(
  c: Context,
  schema: ZodMiniType<T>,
): Promise<{ ok: true; value: T } | { ok: false; answer: Response }> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return { ok: false, answer: problem(c, 400, "bad_body", "The body is not JSON.") };
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, answer: badBody(c, parsed.error.issues[0]) };
}
