import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Said } from "../../src/console/notice.tsx";
import type { AdminEnv } from "./create-admin.ts";

const NAME = "causeway_said";
const KINDS: readonly string[] = ["good", "bad", "info"] satisfies Said["kind"][];
/** A cookie has 4 KB, and what is not ASCII takes several bytes. */
const MAX_TEXT = 800;

/** Leaves word of what was done (or refused) for the page that is redirected to. */
export function say(c: Context<AdminEnv>, kind: Said["kind"], text: string): void {
  const value = Buffer.from(JSON.stringify([kind, text.slice(0, MAX_TEXT)])).toString("base64url");
  setCookie(c, NAME, value, {
    path: "/admin",
    httpOnly: true,
    sameSite: "Lax",
    secure: new URL(c.req.url).protocol === "https:",
    maxAge: 60,
  });
}

/** What was left to be said, once. */
export function saidBefore(c: Context<AdminEnv>): Said | null {
  const value = getCookie(c, NAME);
  if (value === undefined) return null;
  deleteCookie(c, NAME, { path: "/admin" });
  try {
    const [kind, text] = JSON.parse(Buffer.from(value, "base64url").toString()) as unknown[];
    return typeof text === "string" && typeof kind === "string" && KINDS.includes(kind)
      ? ({ kind, text } as Said)
      : null;
  } catch {
    return null;
  }
}
