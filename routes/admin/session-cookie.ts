import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import {
  readSession,
  writeSession,
  type Session,
  type SessionCookie,
} from "../../src/console/session.ts";
import type { RoleToken } from "../../src/console/way-in.ts";
import type { AdminEnv } from "./create-admin.ts";

const NAME = "causeway-session";
/** Longer than a session, so that somebody who comes back is told that it has ended. */
const KEPT_SECONDS = 7 * 24 * 3_600;

/** What this request's cookie says. */
export async function sessionOf(
  c: Context<AdminEnv>,
  tokens: RoleToken[],
  now: number,
): Promise<SessionCookie> {
  const cookie = isSecure(c) ? getCookie(c, NAME, "host") : getCookie(c, NAME);
  return await readSession(cookie, tokens, now);
}

/** Puts the session into the answer; `__Host-` keeps other names of the domain from writing it. */
export async function keepSession(
  c: Context<AdminEnv>,
  session: Session,
  tokens: RoleToken[],
): Promise<void> {
  const signing = tokens.find(({ role }) => role === session.role);
  if (signing === undefined) return;
  setCookie(c, NAME, await writeSession(session, signing.token), {
    ...kindOf(c),
    maxAge: KEPT_SECONDS,
  });
}

/** Takes the cookie away from the browser. */
export function dropSession(c: Context<AdminEnv>): void {
  setCookie(c, NAME, "", { ...kindOf(c), maxAge: 0 });
}

function kindOf(c: Context<AdminEnv>) {
  const kind = { httpOnly: true, sameSite: "Lax" } as const;
  return isSecure(c)
    ? ({ ...kind, secure: true, path: "/", prefix: "host" } as const)
    : ({ ...kind, path: "/admin" } as const);
}

function isSecure(c: Context<AdminEnv>): boolean {
  return new URL(c.req.url).protocol === "https:";
}
