import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { callCloudflare, TOO_LARGE, type CloudflareApi } from "./call-cloudflare.ts";
import { inBatches } from "./in-batches.ts";
import type { KvKey, KvStore, KvValue } from "./kv-store.ts";
import { pauseUnless } from "./pause-unless.ts";

/** @see https://developers.cloudflare.com/api/resources/kv/subresources/namespaces/methods/bulk_get/ */
const KEYS_PER_READ = 100;
/** Cloudflare takes 10,000 and 100 MB; fewer at once say more often how far it is. */
const PAIRS_PER_WRITE = 500;
/** KV takes one write a second of a key. @see https://developers.cloudflare.com/kv/platform/limits/ */
const PAUSE_MS = 1000;
const KEYS_PER_PAGE = 1000;
const READS_AT_ONCE = 4;
/** How often keys that a bulk write left out are sent again. */
const REPEATS = 4;

type Page = { result: { name: string; metadata?: unknown }[]; result_info?: { cursor?: string } };
type Values = { result: { values: Record<string, { value: string; metadata?: unknown } | null> } };
type Written = { result?: { unsuccessful_keys?: string[] } | null };

/**
 * A namespace in Cloudflare's KV, through Cloudflare's API, with CLOUDFLARE_API_TOKEN and
 * CLOUDFLARE_ACCOUNT_ID.
 * @see https://developers.cloudflare.com/api/resources/kv/
 */
export function cloudflareKv(context: Context, given: string | undefined): KvStore {
  const { env } = context;
  const account = needed(env, "CLOUDFLARE_ACCOUNT_ID", "the id of the Cloudflare account");
  const token = needed(
    env,
    "CLOUDFLARE_API_TOKEN",
    'an API token with the permission "Workers KV Storage: Edit"',
  );
  const namespace = given || env["CAUSEWAY_KV_NAMESPACE_ID"];
  if (namespace === undefined || namespace === "") {
    throw new Refusal(
      "no_namespace",
      'Which KV namespace? Name it with --namespace-id or CAUSEWAY_KV_NAMESPACE_ID; "npx wrangler kv namespace list" shows the ids.',
      EXIT.usage,
    );
  }
  const path = [account, "storage/kv/namespaces", namespace].map((part, index) =>
    index === 1 ? part : encodeURIComponent(part),
  );
  const api: CloudflareApi = callCloudflare(context, token, `/accounts/${path.join("/")}`);

  async function read(keys: string[], stop?: AbortSignal): Promise<[string, KvValue][]> {
    let answer: Values;
    try {
      answer = await api<Values>("POST", "/bulk/get", {
        body: { keys, type: "text", withMetadata: true },
        stop,
      });
    } catch (error) {
      // A record of thousands of documents is large, and what one answer may hold is limited.
      if (!(error instanceof Refusal) || error.details !== TOO_LARGE || keys.length === 1)
        throw error;
      const half = Math.ceil(keys.length / 2);
      return [...(await read(keys.slice(0, half), stop)), ...(await read(keys.slice(half), stop))];
    }
    const { result } = answer;
    return Object.entries(result.values).flatMap(([key, found]) =>
      found === null || found.value === null
        ? []
        : [[key, { text: found.value, metadata: found.metadata ?? null }]],
    );
  }

  /** Sends what a bulk request left out again, and gives up in words when it does not get through. */
  async function insist<T>(
    items: T[],
    keyOf: (item: T) => string,
    send: Send<T>,
    stop: AbortSignal | undefined,
  ): Promise<void> {
    let rest = items;
    for (let repeat = 0; rest.length > 0; repeat += 1) {
      if (repeat > 0) await pauseUnless(stop, 250 * 2 ** repeat);
      const left = new Set((await send(rest)).result?.unsuccessful_keys);
      rest = rest.filter((item) => left.has(keyOf(item)));
      if (rest.length > 0 && repeat === REPEATS) {
        const keys = rest.map(keyOf).slice(0, 5).join(", ");
        throw new Refusal(
          "cloudflare_left_out",
          `Cloudflare did not write ${rest.length} of ${items.length} keys (${keys}), also when asked again.`,
        );
      }
    }
  }

  return {
    name: `the KV namespace ${namespace} at Cloudflare`,
    address: `cloudflare:${account}:${namespace}`,
    pairsPerWrite: PAIRS_PER_WRITE,
    pauseMs: PAUSE_MS,
    async list(prefix, stop) {
      const keys: KvKey[] = [];
      let cursor = "";
      do {
        const query = new URLSearchParams({ prefix, limit: String(KEYS_PER_PAGE) });
        if (cursor !== "") query.set("cursor", cursor);
        const page = await api<Page>("GET", `/keys?${query.toString()}`, { stop });
        keys.push(
          ...page.result.map(({ name, metadata }) => ({ key: name, metadata: metadata ?? null })),
        );
        cursor = page.result_info?.cursor ?? "";
      } while (cursor !== "");
      return keys;
    },
    async get(keys, stop) {
      const found: [string, KvValue][] = [];
      for (const round of inBatches(inBatches(keys, KEYS_PER_READ), READS_AT_ONCE)) {
        found.push(...(await Promise.all(round.map((each) => read(each, stop)))).flat());
      }
      return new Map(found);
    },
    async put(pairs, stop) {
      await insist(
        pairs,
        ({ key }) => key,
        (rest) =>
          api<Written>("PUT", "/bulk", {
            body: rest.map(({ key, text, metadata }) => ({ key, value: text, metadata })),
            stop,
          }),
        stop,
      );
    },
    async remove(keys, stop) {
      await insist(
        keys,
        (key) => key,
        (rest) => api<Written>("POST", "/bulk/delete", { body: rest, stop }),
        stop,
      );
    },
    close: async () => {},
  };
}

type Send<T> = (items: T[]) => Promise<Written>;

function needed(env: Context["env"], name: string, what: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new Refusal(
    "not_configured",
    `Set ${name}: --target cloudflare needs ${what}.`,
    EXIT.usage,
  );
}
