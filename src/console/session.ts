import type { RoleToken } from "./way-in.ts";
import type { Visitor } from "./visitor.ts";

const HOUR_MS = 3_600_000;
const SESSION_MS = 8 * HOUR_MS;
/** However busy somebody is, after a day they show their token again. */
const LONGEST_MS = 24 * HOUR_MS;
/** Two parts: what is said, as base64url of JSON, and its signature in hexadecimal, which has one spelling only. */
const FORM = /^([\w-]{1,1000})\.([0-9a-f]{64})$/;

/** A sign-in with a token; the moments are milliseconds since 1970. */
export type Session = {
  name: string;
  role: Visitor["role"];
  signedInAt: number;
  endsAt: number;
};

/** What a cookie says: nothing, a session that is over (or was never ours), or one that is open. */
export type SessionCookie =
  | { state: "none" }
  | { state: "ended" }
  | { state: "open"; session: Session };

/** A session that starts at `now`. */
export function startSession(name: string, role: Visitor["role"], now: number): Session {
  return { name, role, signedInAt: now, endsAt: now + SESSION_MS };
}

/** The same session for longer, once more than half of it is over; null while that is not needed, or not allowed. */
export function renewed(session: Session, now: number): Session | null {
  if (session.endsAt - now >= SESSION_MS / 2) return null;
  const endsAt = Math.min(now + SESSION_MS, session.signedInAt + LONGEST_MS);
  return endsAt > session.endsAt ? { ...session, endsAt } : null;
}

/** The cookie's value, signed by what is derived from the token: another token ends all sessions. */
export async function writeSession(session: Session, token: string): Promise<string> {
  const said = Buffer.from(JSON.stringify(session)).toString("base64url");
  const signature = await crypto.subtle.sign("HMAC", await keyOf(token), Buffer.from(said));
  return `${said}.${Buffer.from(signature).toString("hex")}`;
}

/** The session of a cookie's value, if one of today's tokens signed it and it is not over. */
export async function readSession(
  cookie: string | undefined,
  tokens: RoleToken[],
  now: number,
): Promise<SessionCookie> {
  if (cookie === undefined) return { state: "none" };
  const [, said = "", signature = ""] = FORM.exec(cookie) ?? [];
  for (const { role, token } of tokens) {
    const signed = await crypto.subtle.verify(
      "HMAC",
      await keyOf(token),
      Buffer.from(signature, "hex"),
      Buffer.from(said),
    );
    if (!signed) continue;
    const session = JSON.parse(Buffer.from(said, "base64url").toString()) as Session;
    // What a viewer's token signed never speaks for an editor.
    if (session.role !== role || !(now < session.endsAt)) return { state: "ended" };
    return { state: "open", session };
  }
  return { state: "ended" };
}

async function keyOf(token: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const master = await crypto.subtle.importKey("raw", Buffer.from(token), algorithm, false, [
    "sign",
  ]);
  const derived = await crypto.subtle.sign(
    "HMAC",
    master,
    Buffer.from("causeway console session 1"),
  );
  return await crypto.subtle.importKey("raw", derived, algorithm, false, ["sign", "verify"]);
}
