import { join, resolve } from "node:path";
import { errorInWords } from "../../words/error-in-words.ts";
import { CHECKOUT } from "../checkout.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../terminal/refusal.ts";
import { inBatches } from "./in-batches.ts";
import type { KvKey, KvStore, KvValue } from "./kv-store.ts";

const BINDING = "MAPPINGS";
/** What a KV binding gives in one go. @see https://developers.cloudflare.com/kv/api/read-key-value-pairs/ */
const KEYS_PER_READ = 100;

/**
 * The KV of this machine: what `npm start` reads and `npx wrangler kv … --local` shows. `persistTo` is
 * another folder of wrangler's state, as in wrangler's own option.
 */
export async function localKv({ cwd }: Context, persistTo: string | undefined): Promise<KvStore> {
  const state =
    persistTo === undefined ? join(CHECKOUT, ".wrangler/state") : resolve(cwd, persistTo);
  // Both take half a second to load, and only this target needs them.
  const [{ Log, LogLevel, Miniflare }, { unstable_readConfig: readConfig }] = await Promise.all([
    import("miniflare"),
    import("wrangler"),
  ]);
  const config = readConfig({ config: join(CHECKOUT, "wrangler.toml") }, { hideWarnings: true });
  const namespaces: { binding: string; id?: string; preview_id?: string }[] = config.kv_namespaces;
  const bound = namespaces.find(({ binding }) => binding === BINDING);
  const id = bound?.id ?? bound?.preview_id ?? BINDING;
  const miniflare = new Miniflare({
    log: new Log(LogLevel.NONE),
    resourcePersistencePath: join(state, "v3"),
    workers: [
      {
        config: {
          name: "local-kv",
          compatibilityDate: "2026-10-01",
          manifest: {
            mainModule: "nothing.js",
            modules: { "nothing.js": { type: "esm", contents: "export default {}" } },
          },
          env: { [BINDING]: { type: "kv", id } },
        },
      },
    ],
  });
  const kv = await miniflare.getKVNamespace(BINDING).catch((error: unknown) => {
    const reason = errorInWords(error);
    throw new Refusal("no_local_kv", `The local KV in ${state} cannot be opened: ${reason}`);
  });

  return {
    name: persistTo === undefined ? "the local KV" : `the local KV in ${state}`,
    address: `local:${state}:${id}`,
    pairsPerWrite: 50,
    pauseMs: 0,
    async list(prefix) {
      const keys: KvKey[] = [];
      let cursor: string | undefined;
      do {
        const page = await kv.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
        keys.push(
          ...page.keys.map(({ name, metadata }) => ({ key: name, metadata: metadata ?? null })),
        );
        cursor = page.list_complete ? undefined : page.cursor;
      } while (cursor !== undefined);
      return keys;
    },
    async get(keys) {
      const found = new Map<string, KvValue>();
      for (const batch of inBatches(keys, KEYS_PER_READ)) {
        for (const [key, { value, metadata }] of await kv.getWithMetadata(batch, "text")) {
          if (value !== null) found.set(key, { text: value, metadata });
        }
      }
      return found;
    },
    async put(pairs) {
      await written(pairs.map(({ key, text, metadata }) => kv.put(key, text, { metadata })));
    },
    async remove(keys) {
      await written(keys.map((key) => kv.delete(key)));
    },
    close: () => miniflare.dispose(),
  };
}

/** Waits for all of them, also when one fails: nothing goes on behind the back of who reports it. */
async function written(writes: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === "rejected");
  if (failed?.status !== "rejected") return;
  const reason = failed.reason instanceof Error ? failed.reason.message : String(failed.reason);
  throw new Refusal("local_kv_failed", `The local KV failed: ${reason}.`);
}
