import type { Context } from "hono";
import { createFactory } from "hono/factory";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../src/env.ts";

/** The bindings, and for the admin API who asks: its `administrators` sets it. */
export type AppEnv = { Bindings: Env; Variables: { role: "view" | "edit" } };

/** Creates apps and middleware that know the Worker's bindings. */
export const http = createFactory<AppEnv>();

/** Every refusal has one form: a code for programs, a sentence for people. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
  path?: string,
): Response {
  return c.json({ error: { code, message, ...(path === undefined ? {} : { path }) } }, status);
}
