import causeway, { Relay } from "../../src/worker.ts";
import type { Env } from "../../src/env.ts";
import type { Incoming } from "../../src/relay/incoming.ts";
import type { Receipt } from "../../src/relay/relay.ts";
import { Activity } from "./count-activity.ts";
import { countBindings } from "./count-bindings.ts";
import { countStorage, settleRows } from "./count-storage.ts";
import { count, countsSoFar } from "./counts.ts";
import { replaceMethod } from "./replace-method.ts";

/** What only this build answers, at `/bench/<order>?relay=<name>`. */
const ORDERS = "/bench/";

/** Time that has passed for the Worker but not for the world: for what happens days later. */
let aheadMs = 0;
const realNow = Date.now.bind(Date);
Date.now = () => realNow() + aheadMs;

for (const name of ["log", "warn", "error"] as const) {
  replaceMethod(console, name, (_write, [line]) => {
    count("logLines");
    count("logBytes", String(line).length);
  });
}
replaceMethod(globalThis, "fetch", (original, given) => {
  count("outgoing");
  return original(...given);
});

class CountedRelay extends Relay {
  readonly #activity: Activity;

  constructor(ctx: DurableObjectState, env: Env) {
    count("starts");
    countStorage(ctx.storage);
    const activity = new Activity();
    replaceMethod(ctx, "waitUntil", (waitUntil, [work]) =>
      waitUntil(activity.during(work as Promise<unknown>)),
    );
    super(ctx, countBindings(env));
    this.#activity = activity;
  }

  override accept(incoming: Incoming, again?: boolean): Promise<Receipt> {
    return this.#activity.during(super.accept(incoming, again));
  }

  override alarm(): Promise<void> {
    count("alarms");
    return this.#activity.during(super.alarm());
  }

  /** The alarm, now. */
  async ring(): Promise<void> {
    await this.alarm();
  }

  databaseBytes(): number {
    return this.ctx.storage.sql.databaseSize;
  }

  /** Ends the object as a deploy does: the next call makes a new one. */
  stop(): void {
    this.ctx.abort("stopped by the benchmark");
  }
}

export { CountedRelay as Relay };

/** Causeway with counters around everything that is billed: never used for a timing. */
export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.startsWith(ORDERS)) {
      const relay = (env.RELAY as unknown as DurableObjectNamespace<CountedRelay>).getByName(
        searchParams.get("relay") ?? "gitlab/gitlab-com",
      );
      return Response.json(await obey(pathname.slice(ORDERS.length), relay, searchParams));
    }
    count("requests");
    return await causeway.fetch(request, countBindings(env), ctx);
  },
} satisfies ExportedHandler<Env>;

async function obey(
  order: string,
  relay: DurableObjectStub<CountedRelay>,
  given: URLSearchParams,
): Promise<unknown> {
  switch (order) {
    case "counts":
      settleRows();
      // workerd runs one isolate for each Worker, so this handler sees what its objects counted.
      return countsSoFar();
    case "bytes":
      return await relay.databaseBytes();
    case "ring":
      return (await relay.ring()) ?? null;
    case "stop":
      return await relay.stop().catch(() => null);
    case "later":
      aheadMs += Number(given.get("ms"));
      return aheadMs;
    default:
      throw new Error(`There is no order ${order}.`);
  }
}
