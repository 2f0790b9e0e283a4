import causeway, { Relay } from "../../../src/worker.ts";
import type { Env } from "../../../src/env.ts";
import { CLOCK_PATH } from "./clock-path.ts";
import { setClock, shiftAlarms } from "./shifted-clock.ts";

class ClockedRelay extends Relay {
  constructor(ctx: DurableObjectState, env: Env) {
    shiftAlarms(ctx.storage);
    super(ctx, env);
  }
}

export { ClockedRelay as Relay };

/** Causeway on a clock that can be set: only this build has the path that sets it. */
export default {
  ...causeway,
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname !== CLOCK_PATH) return causeway.fetch(request, env, ctx);
    // workerd runs one isolate for each Worker, so its objects see the same clock.
    setClock(Number(await request.text()));
    return new Response(null, { status: 204 });
  },
} satisfies ExportedHandler<Env>;
