import type { Context } from "hono";

/** What handlers of the stand-in find in their context. */
export type SlackEnv = {
  /** Under @hono/node-server, Node's response. Where the app is called directly there is no `env` at all. */
  Bindings: { outgoing?: { destroy: () => unknown } };
};

export type SlackContext = Context<SlackEnv>;
