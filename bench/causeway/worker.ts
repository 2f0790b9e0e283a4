import causeway, { Relay } from "../../src/worker.ts";
import type { Env } from "../../src/env.ts";
import { countWrites, writesSoFar } from "./count-writes.ts";

/** Only this build has it: the plain Worker tells nobody over HTTP what it wrote. */
const COUNTS_PATH = "/bench/writes";

class CountedRelay extends Relay {
  constructor(ctx: DurableObjectState, env: Env) {
    countWrites(ctx.storage);
    super(ctx, env);
  }
}

export { CountedRelay as Relay };

/** Causeway with a counter under its storage: used for the rows figure, never for a timing. */
export default {
  ...causeway,
  fetch(request, env, ctx) {
    // workerd runs one isolate for each Worker, so this handler sees what its objects counted.
    if (new URL(request.url).pathname === COUNTS_PATH) return Response.json(writesSoFar());
    return causeway.fetch(request, env, ctx);
  },
} satisfies ExportedHandler<Env>;
