import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import * as z from "zod";

import { FAULTS, isFaultName } from "./faults.ts";
import { jsonOnly } from "./json-only.ts";
import type { SlackEnv } from "./slack-env.ts";
import type { Workspace } from "./workspace.ts";

const Order = z.strictObject({
  on: z.string().min(1).default("*"),
  fault: z.string().refine(isFaultName, `one of: ${Object.keys(FAULTS).join(", ")}`),
  times: z.number().int().min(1).optional(),
  retryAfter: z.number().int().min(0).optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
});

/** What Slack does not have: a look at what arrived, and faults on command. */
export function inspection(workspace: Workspace): Hono<SlackEnv> {
  const app = new Hono<SlackEnv>();

  app.get("/_messages", (c) => c.json(workspace.messages));
  app.delete("/_messages", (c) => {
    workspace.forget();
    return c.body(null, 204);
  });
  app.get("/_requests", (c) => c.json(workspace.requests));
  app.get("/_outgoing", (c) => c.json(workspace.outgoing));

  app.get("/_faults", (c) => c.json(workspace.faults.orders));
  app.post("/_faults", jsonOnly, async (c) => {
    const order = Order.safeParse(await c.req.json().catch(() => null));
    if (!order.success) return c.json({ error: z.prettifyError(order.error) }, 400);
    workspace.faults.set(order.data);
    return c.json(workspace.faults.orders, 201);
  });
  app.delete("/_faults", (c) => {
    workspace.faults.clear();
    return c.body(null, 204);
  });

  /** Says "changed" whenever something did; the page then asks for itself again. */
  app.get("/_live", (c) =>
    streamSSE(c, async (stream) => {
      const unsubscribe = workspace.subscribe(() => void stream.writeSSE({ data: "changed" }));
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      unsubscribe();
    }),
  );
  return app;
}
