import { env, exports } from "cloudflare:workers";
import {
  evictDurableObject,
  reset,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { vi } from "vitest";
import type { Env } from "../src/env.ts";
import { loadDispatch } from "../src/relay/load-dispatch.ts";
import { loadPublisher } from "../src/publishing/load-publisher.ts";
import type { Relay } from "../src/relay/relay.ts";
import { createGitlab } from "../src/sandbox/gitlab.ts";
import { createSlack, type Slack } from "../src/sandbox/slack.ts";
import { TEST_SETTINGS } from "./settings.ts";

// Before the tests, for Vitest fetches modules over a connection that belongs to one request, and what
// another object's request waits for never comes. In the bundle nothing is fetched.
await loadDispatch();
await loadPublisher();

/** The test's bindings, as the Worker declares them. */
export const bindings = env as unknown as Env;

/** The documents that most tests work with: one rule for every issue, one destination of each kind. */
export const DOCUMENTS = {
  "mapping/gitlab/acme": {
    rules: [
      {
        name: "Opened",
        on: "issue.open",
        to: "support",
        variables: { title: "{{ event.title }}" },
      },
    ],
  },
  "destination/support": {
    type: "workflow",
    url: "secret:TRIGGER_URL",
    variables: ["title", "url"],
    limit: "none",
  },
  "destination/channel": { type: "channel", channel: "C0000000001", limit: "none" },
  "destination/hook": {
    type: "webhook",
    url: "https://slack.test/services/T0CAUSEWAY/B0000000001/000000000000000000000001",
    limit: "none",
  },
  "destination/alerts": { type: "channel", channel: "C0000000005", limit: "none" },
} satisfies Record<string, unknown>;

/** A mapping that tells the channel the title of every issue's event. */
export const TITLES_TO_CHANNEL = {
  rules: [{ name: "All", on: "issue.*", to: "channel", message: "{{ event.title }}" }],
};

/** A fixture as if it had happened in `acme/widgets`. */
export function acme<T extends { project: object }>(payload: T): T {
  return { ...payload, project: { ...payload.project, path_with_namespace: "acme/widgets" } };
}

/** In the future of the machine's clock, so that no alarm goes off but when a test says so. */
const START = Date.parse("2031-03-04T10:00:00Z");
const DAY_MS = 24 * 3_600_000;

/** When the next world begins: so many whole days later that what modules kept of the one before is stale. */
let nextStart = START;

/** What a test sees of the world around the Worker. */
export type World = {
  slack: Slack;
  gitlab: ReturnType<typeof createGitlab>;
  /** How many requests the Worker has made. */
  fetched: () => number;
  /** Calls back when a request starts and when it ends. */
  watch: (watcher: Watcher) => void;
};

/** Called when a request starts, which waits for it, and when it has ended. */
type Watcher = { start?: () => unknown; end?: () => void };

/**
 * A fresh world: the stand-ins answer for `slack.test` and `gitlab.test`, and anything else the Worker fetches is an
 * error. The clock stands still until {@link step}.
 */
export async function createWorld(documents: Record<string, unknown> = DOCUMENTS): Promise<World> {
  vi.useFakeTimers({ toFake: ["Date"], now: nextStart });
  const slack = createSlack({
    now: () => Date.now(),
    app: {
      origin: "https://causeway.test",
      signingSecret: TEST_SETTINGS.SLACK_SIGNING_SECRET,
      send: (request) => exports.default.fetch(request),
      retryAfterMs: [0, 0, 0],
    },
  });
  const gitlab = createGitlab({
    now: () => Date.now(),
    send: (request) => exports.default.fetch(request),
  });
  let fetched = 0;
  let watcher: Watcher = {};
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const url = new URL(request.url);
    const answering = { "slack.test": slack.app, "gitlab.test": gitlab.app }[url.hostname];
    if (answering === undefined) throw new Error(`unexpected fetch of ${url.origin}`);
    fetched += 1;
    await watcher.start?.();
    try {
      return await answering.fetch(request);
    } finally {
      watcher.end?.();
    }
  });
  for (const [key, value] of Object.entries(documents)) await publish(key, value);
  return {
    slack,
    gitlab,
    fetched: () => fetched,
    watch: (given) => {
      watcher = given;
    },
  };
}

/** Puts the world away: what one test wrote no other sees. */
export async function endWorld(): Promise<void> {
  vi.restoreAllMocks();
  const daysGone = Math.ceil(Math.max(0, Date.now() - nextStart) / DAY_MS);
  nextStart += (daysGone + 10) * DAY_MS;
  vi.useRealTimers();
  await reset();
}

/** Writes a document to KV, as `wrangler kv key put` does. */
export async function publish(key: string, value: unknown): Promise<void> {
  await bindings.MAPPINGS.put(key, typeof value === "string" ? value : JSON.stringify(value));
}

export function relay(name = "gitlab/acme"): DurableObjectStub<Relay> {
  return bindings.RELAY.getByName(name);
}

/** Lets time pass, and the alarm go off. */
export async function step(milliseconds: number, name = "gitlab/acme"): Promise<void> {
  vi.setSystemTime(Date.now() + milliseconds);
  await runDurableObjectAlarm(relay(name));
  await settled(name);
}

/** Waits until the Relay has nothing under way. */
export async function settled(name = "gitlab/acme"): Promise<void> {
  let quiet = 0;
  for (let turn = 0; turn < 400 && quiet < 3; turn += 1) {
    const busy = await runInDurableObject(relay(name), (instance) => instance.isBusy);
    quiet = busy ? 0 : quiet + 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Takes the Relay out of memory, as an eviction, a deploy or a crash does. */
export async function evict(name = "gitlab/acme"): Promise<void> {
  await evictDurableObject(relay(name));
}

/** Runs SQL in a Relay. */
export async function query<T extends Record<string, SqlStorageValue>>(
  sql: string,
  name = "gitlab/acme",
): Promise<T[]> {
  return await runInDurableObject(relay(name), (_instance, state) =>
    state.storage.sql.exec<T>(sql).toArray(),
  );
}
