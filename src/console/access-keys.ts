import { inTime } from "../in-time.ts";
import { warn } from "../log.ts";

const PATIENCE_MS = 5_000;
/** Access changes its key every six weeks, and says a week ahead which is next. */
const FRESH_MS = 3_600_000;
/** While newer ones cannot be fetched, a key is believed for so long. */
const KEPT_MS = 24 * 3_600_000;
/** Whoever invents names of keys does not make us ask more often than this. */
const ASK_AGAIN_MS = 60_000;
/** So long one question, or its failure, is the answer to all who ask. */
const ASKED_MS = 10_000;

/** A public key, and the name that assertions give for it. */
export type AccessKey = JsonWebKey & { kid?: string };

type Kept = {
  /** When they were fetched (milliseconds). */
  at: number;
  keys: AccessKey[];
  /** The last question for them, whose answer is null where it failed. */
  asked: { at: number; answer: Promise<AccessKey[] | null> };
};

/** Keys are public: each instance of the Worker remembers them. */
const known = new Map<string, Kept>();

/**
 * The keys of a team; fetched when they are old, or when the one that is asked for is not among them.
 * Null while they cannot be fetched, and the one that is asked for was not known for the last day.
 * @see https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/#access-signing-keys
 */
export async function accessKeys(
  issuer: string,
  keyId: string,
  now: number,
): Promise<AccessKey[] | null> {
  const before = known.get(issuer);
  const keys = before?.keys ?? [];
  const isKnown = keys.some(({ kid }) => kid === keyId);
  const age = Math.abs(now - (before?.at ?? -Infinity));
  if (age < (isKnown ? FRESH_MS : ASK_AGAIN_MS)) return keys;
  try {
    const fetched = await inTime(PATIENCE_MS, asking(issuer, now));
    if (fetched !== null) return fetched;
  } catch {
    // The request that asked may have been broken off, and its answer with it.
  }
  return isKnown && age < KEPT_MS ? keys : null;
}

/** Asks for the keys, once for all who ask at about the same time. */
async function asking(issuer: string, now: number): Promise<AccessKey[] | null> {
  const before = known.get(issuer) ?? { at: -Infinity, keys: [], asked: null };
  if (before.asked !== null && Math.abs(now - before.asked.at) < ASKED_MS) {
    return await before.asked.answer;
  }
  const answer = fetchKeys(issuer).then(
    (keys) => {
      known.set(issuer, { at: now, keys, asked: { at: now, answer } });
      return keys;
    },
    (error: unknown) => {
      warn("access_keys_unreachable", { error: String(error) });
      return null;
    },
  );
  known.set(issuer, { ...before, asked: { at: now, answer } });
  return await answer;
}

async function fetchKeys(issuer: string): Promise<AccessKey[]> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(`${issuer}/cdn-cgi/access/certs`, { redirect: "manual", signal });
  if (!response.ok) throw new Error(`answered with HTTP ${response.status}`);
  const { keys } = await response.json<{ keys?: unknown }>();
  if (!Array.isArray(keys)) throw new Error("answered without keys");
  return keys as AccessKey[];
}
