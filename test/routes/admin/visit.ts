import { exports } from "cloudflare:workers";
import { startSession, writeSession } from "../../../src/console/session.ts";
import type { Visitor } from "../../../src/console/visitor.ts";
import { TEST_SETTINGS } from "../../settings.ts";
import { ORIGIN } from "../../webhook.ts";
// Before the tests: Vitest takes seconds to read the whole console, the first test would wait for it.
import "../../../routes/admin/admin.tsx";

/** How a visit differs from an editor's look at a page. */
export type VisitOptions = {
  /** Null: nobody is signed in. */
  role?: Visitor["role"] | null;
  name?: string;
  /** Sent as a form, with POST, as a browser sends it from a page of the console. */
  form?: Record<string, string | string[]>;
  /** Asked for by htmx: a part of a page. */
  htmx?: boolean;
  method?: string;
  headers?: Record<string, string>;
};

/** Asks for a page of the console as a browser does that is signed in. Redirects are not followed. */
export async function visit(path: string, options: VisitOptions = {}): Promise<Response> {
  const { role = "edit", name = "Amina Okafor", form, htmx = false } = options;
  const headers = new Headers();
  if (role !== null) headers.set("cookie", await sessionCookie(role, name));
  if (htmx) headers.set("hx-request", "true");
  if (form !== undefined) {
    headers.set("content-type", "application/x-www-form-urlencoded");
    headers.set("origin", ORIGIN);
    headers.set("sec-fetch-site", "same-origin");
  }
  for (const [key, value] of Object.entries(options.headers ?? {})) headers.set(key, value);
  return await exports.default.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: options.method ?? (form === undefined ? "GET" : "POST"),
      headers,
      redirect: "manual",
      ...(form === undefined ? {} : { body: encoded(form) }),
    }),
  );
}

/** The cookie of somebody who signed in just now. */
export async function sessionCookie(role: Visitor["role"], name: string): Promise<string> {
  const token = role === "edit" ? TEST_SETTINGS.ADMIN_TOKEN : TEST_SETTINGS.VIEWER_TOKEN;
  const session = startSession(name, role, Date.now());
  return `__Host-causeway-session=${await writeSession(session, token)}`;
}

function encoded(form: Record<string, string | string[]>): string {
  const pairs = Object.entries(form).flatMap(([field, values]) =>
    [values].flat().map((value) => [field, value]),
  );
  return new URLSearchParams(pairs).toString();
}
