import { Hono } from "hono";
import * as z from "zod";

/** What the stand-in answers instead of doing what it was asked. */
type Fault = { status: number; retryAfter?: number };

/** A request that arrived, for tests that count. */
type Asked = { method: string; path: string; pairs: number };

type Stored = { value: string; metadata: unknown };

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const NAMESPACE = "fedcba9876543210fedcba9876543210";
const TOKEN = "test-cloudflare-token";

const Keys = z.object({
  keys: z.array(z.string()).max(100),
  type: z.enum(["text", "json"]).optional(),
  withMetadata: z.boolean().optional(),
});
const Pairs = z
  .array(
    z.object({
      key: z
        .string()
        .min(1)
        .refine((key) => Buffer.byteLength(key) <= 512),
      value: z.string(),
      metadata: z.unknown().refine((said) => JSON.stringify(said ?? null).length <= 1024),
    }),
  )
  .max(10_000);
const Removed = z.array(z.string()).max(10_000);

/**
 * One KV namespace behind Cloudflare's API, as its public documentation has it: bearer token, the
 * envelope, a page of at most 1,000 keys, reads of 100, writes of 10,000.
 * @see https://developers.cloudflare.com/api/resources/kv/
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits/ (429 and Retry-After)
 */
export function createCloudflare() {
  const kv = new Map<string, Stored>();
  const asked: Asked[] = [];
  /** What goes wrong with a request; null: nothing. Told how many writes came before. */
  let faultOf: (asked: Asked, earlier: Asked[]) => Fault | null = () => null;
  /** The keys of records that were read. */
  const recordsRead: string[] = [];
  /** Keys that a bulk write leaves out, once each. */
  const leftOut = new Set<string>();
  /** Called before a request is answered, for tests that look on. */
  let before: (asked: Asked) => void | Promise<void> = () => {};

  const app = new Hono().basePath(`/accounts/${ACCOUNT}/storage/kv/namespaces/${NAMESPACE}`);

  app.use(async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${TOKEN}`) {
      return c.json(failed(10000, "Authentication error"), 401);
    }
    const body: unknown = c.req.method === "GET" ? null : await c.req.json();
    const pairs = Array.isArray(body) ? body.length : 0;
    const path = c.req.path.split(NAMESPACE)[1] ?? "";
    const request = { method: c.req.method, path, pairs };
    await before(request);
    const fault = faultOf(request, asked);
    asked.push(request);
    if (fault === null) return await next();
    const headers = fault.retryAfter === undefined ? {} : { "retry-after": `${fault.retryAfter}` };
    const words = fault.status === 429 ? "Please wait and consider throttling" : "Internal error";
    return Response.json(failed(fault.status === 429 ? 971 : 10013, words), {
      status: fault.status,
      headers,
    });
  });

  app.get("/keys", (c) => {
    const { prefix = "", limit = "1000", cursor = "" } = c.req.query();
    const size = Number(limit);
    if (!(size >= 10 && size <= 1000)) return c.json(failed(10029, "invalid limit"), 400);
    const names = [...kv.keys()].filter((key) => key.startsWith(prefix)).toSorted();
    const from = cursor === "" ? 0 : Number(Buffer.from(cursor, "base64url").toString());
    const page = names.slice(from, from + size);
    const next = from + size < names.length ? String(from + size) : "";
    return c.json({
      success: true,
      errors: [],
      messages: [],
      result: page.map((name) => {
        const metadata = kv.get(name)?.metadata;
        return metadata === null ? { name } : { name, metadata };
      }),
      result_info: { count: page.length, cursor: Buffer.from(next).toString("base64url") },
    });
  });

  app.post("/bulk/get", async (c) => {
    const read = Keys.safeParse(await c.req.json());
    if (!read.success) return c.json(failed(10014, "invalid keys"), 400);
    const { keys, withMetadata = false } = read.data;
    recordsRead.push(...keys.filter((key) => key.startsWith("history/")));
    const values = keys.map((key) => {
      const stored = kv.get(key);
      if (stored === undefined) return [key, null];
      return [key, withMetadata ? stored : stored.value];
    });
    return c.json(done({ values: Object.fromEntries(values) as object }));
  });

  app.put("/bulk", async (c) => {
    const read = Pairs.safeParse(await c.req.json());
    if (!read.success) return c.json(failed(10012, "invalid pairs"), 400);
    const missed: string[] = [];
    for (const { key, value, metadata = null } of read.data) {
      if (leftOut.delete(key)) missed.push(key);
      else kv.set(key, { value, metadata });
    }
    return c.json(
      done({
        successful_key_count: read.data.length - missed.length,
        unsuccessful_keys: missed,
      }),
    );
  });

  app.post("/bulk/delete", async (c) => {
    const read = Removed.safeParse(await c.req.json());
    if (!read.success) return c.json(failed(10012, "invalid keys"), 400);
    for (const key of read.data) kv.delete(key);
    return c.json(done({ successful_key_count: read.data.length, unsuccessful_keys: [] }));
  });

  return {
    app,
    kv,
    asked,
    leftOut,
    recordsRead,
    /** The settings that lead a command here. */
    env: (origin: string) => ({
      CLOUDFLARE_API_BASE_URL: origin,
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
      CLOUDFLARE_API_TOKEN: TOKEN,
      CAUSEWAY_KV_NAMESPACE_ID: NAMESPACE,
    }),
    failing(fault: typeof faultOf) {
      faultOf = fault;
    },
    lookingOn(look: typeof before) {
      before = look;
    },
    /** A document put by hand, as with `wrangler kv key put`. */
    put(key: string, document: unknown) {
      const value = typeof document === "string" ? document : JSON.stringify(document);
      kv.set(key, { value, metadata: null });
    },
    /** The documents as they are now. */
    documents() {
      const found = [...kv].filter(([key]) => !key.startsWith("history/"));
      return Object.fromEntries(
        found.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, { value }]) => [key, value]),
      );
    },
    /** Nothing stored, nothing going wrong. */
    reset() {
      kv.clear();
      asked.length = 0;
      leftOut.clear();
      recordsRead.length = 0;
      faultOf = () => null;
      before = () => {};
    },
  };
}

function done(result: object) {
  return { success: true, errors: [], messages: [], result };
}

function failed(code: number, message: string) {
  return { success: false, errors: [{ code, message }], messages: [], result: null };
}
