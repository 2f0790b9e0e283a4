import { inTime } from "../in-time.ts";
import { warn } from "../log.ts";

const PATIENCE_MS = 5_000;
/** Access changes its key every six weeks, and says a week ahead which is next. */
const KEPT_MS = 3_600_000;
/** Whoever invents names of keys does not make us ask more often than this. */
const ASK_AGAIN_MS = 60_000;

/** A public key, and the name that assertions give for it. */
export type AccessKey = JsonWebKey & { kid?: string };

type Keys = { at: number; keys: AccessKey[] };

/** Keys are public: each instance of the Worker remembers them. */
const known = new Map<string, Keys>();

/**
 * The keys of a team; fetched when they are old, or when the one that is asked for is not among them.
 * Null while they cannot be fetched.
 * @see https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/#access-signing-keys
 */
export async function accessKeys(
  issuer: string,
  keyId: string,
  now: number,
): Promise<AccessKey[] | null> {
  const before = known.get(issuer);
  const age = before === undefined ? Infinity : Math.abs(now - before.at);
  const needed =
    age >= KEPT_MS ||
    (age >= ASK_AGAIN_MS && before?.keys.some(({ kid }) => kid === keyId) !== true);
  if (!needed) return before?.keys ?? null;
  try {
    const keys = await inTime(PATIENCE_MS, fetchKeys(issuer));
    known.set(issuer, { at: now, keys });
    return keys;
  } catch (error) {
    warn("access_keys_unreachable", { error: String(error) });
    return null;
  }
}

async function fetchKeys(issuer: string): Promise<AccessKey[]> {
  const response = await fetch(`${issuer}/cdn-cgi/access/certs`, { redirect: "manual" });
  if (!response.ok) throw new Error(`answered with HTTP ${response.status}`);
  const { keys } = await response.json<{ keys?: unknown }>();
  if (!Array.isArray(keys)) throw new Error("answered without keys");
  return keys as AccessKey[];
}
