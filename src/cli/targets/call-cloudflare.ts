import type { Context } from "../context.ts";
import { networkWords } from "../../words/network-words.ts";
import { safeAddress } from "../network/safe-address.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { pauseUnless } from "./pause-unless.ts";

/**
 * Asks Cloudflare's API and returns its JSON. Whatever is no success in the end is a {@link Refusal}, and
 * so is a wait that is stopped.
 */
export type CloudflareApi = <T>(
  method: string,
  path: string,
  more?: { body?: unknown; stop?: AbortSignal | undefined },
) => Promise<T>;

/** The details of the {@link Refusal} of an answer that would be, or of a request that is, too large. */
export const TOO_LARGE = 413;

const CLOUDFLARE = "https://api.cloudflare.com/client/v4";
const PATIENCE_MS = 60_000;
const TRIES = 5;
const FIRST_WAIT_MS = 250;
/** Cloudflare blocks for five minutes at most. @see https://developers.cloudflare.com/fundamentals/api/reference/limits/ */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Cloudflare's API below a path. 429 is obeyed with its Retry-After; 5xx and a network that fails are
 * tried again with growing pauses, five times in all. CLOUDFLARE_API_BASE_URL is another address for
 * it, as it is for wrangler.
 */
export function callCloudflare(context: Context, token: string, below: string): CloudflareApi {
  const base = baseUrl(context.env["CLOUDFLARE_API_BASE_URL"] || CLOUDFLARE);

  return async function ask<T>(
    method: string,
    path: string,
    { body, stop }: Parameters<CloudflareApi>[2] = {},
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const answer = await attempt(method, `${base}${below}${path}`, token, body);
      switch (answer.outcome) {
        case "answered":
          return answer.json as T;
        case "refused":
          throw new Refusal("cloudflare_refused", answer.words, EXIT.refused, answer.status);
        case "later": {
          if (tries === TRIES) {
            throw new Refusal("cloudflare_unavailable", `${answer.words} ${TRIES} times in a row.`);
          }
          const waitMs = answer.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1);
          if (waitMs > LONGEST_WAIT_MS) throw new Refusal("rate_limited", `${answer.words}.`);
          if (waitMs >= 1000) {
            context.terminal.note(
              `${answer.words}. Trying again in ${Math.ceil(waitMs / 1000)} s.`,
            );
          }
          await pauseUnless(stop, waitMs);
        }
      }
    }
  };
}

type Answer =
  | { outcome: "answered"; json: unknown }
  | { outcome: "refused"; words: string; status: number }
  | { outcome: "later"; words: string; retryAfterMs: number | null };

async function attempt(method: string, url: string, token: string, body: unknown): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await response.text();
  } catch (error) {
    return {
      outcome: "later",
      words: `Cloudflare's API could not be reached (${networkWords(error, PATIENCE_MS)})`,
      retryAfterMs: null,
    };
  }
  const json = parsed(text);
  if (response.ok && json !== null) return { outcome: "answered", json };
  const said = saidIn(json);
  if (response.status === 429) {
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    return {
      outcome: "later",
      words: `Cloudflare's API takes no more requests for the moment (429${said})`,
      retryAfterMs: seconds >= 0 ? seconds * 1000 : null,
    };
  }
  if (response.status >= 500) {
    const words = `Cloudflare's API failed (${response.status}${said})`;
    return { outcome: "later", words, retryAfterMs: null };
  }
  return {
    outcome: "refused",
    words: refusal(response.status, said),
    status: response.status,
  };
}

function refusal(status: number, said: string): string {
  const what = `Cloudflare's API refused it (${status}${said}).`;
  if (status === 401 || status === 403) {
    return `${what} CLOUDFLARE_API_TOKEN has to be a token of this account with the permission "Workers KV Storage: Edit".`;
  }
  if (status === 404) return `${what} Are the account and the namespace right?`;
  return what;
}

/** @see https://developers.cloudflare.com/fundamentals/api/reference/ */
function saidIn(json: unknown): string {
  const { errors } = (json ?? {}) as { errors?: { code?: unknown; message?: unknown }[] };
  const [first] = Array.isArray(errors) ? errors : [];
  return typeof first?.message === "string"
    ? `, ${String(first.code)}: ${first.message.slice(0, 300)}`
    : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function baseUrl(given: string): string {
  const address = safeAddress(given);
  if (address.ok) return address.value.url;
  throw new Refusal(
    "bad_url",
    `CLOUDFLARE_API_BASE_URL is "${given}"; expected an https address. Leave it out for Cloudflare itself.`,
    EXIT.usage,
  );
}
