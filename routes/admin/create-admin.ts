import { createFactory } from "hono/factory";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { Visitor } from "../../src/console/visitor.ts";
import type { Env } from "../../src/env.ts";

/** What the console's handlers find: the bindings, who looks, and the nonce of the page's styles. */
export type AdminEnv = {
  Bindings: Env;
  Variables: { visitor: Visitor } & SecureHeadersVariables;
};

/** Creates the console's middleware. */
export const admin = createFactory<AdminEnv>();

/** An app for one area of the console; admin.tsx mounts it. */
export const createAdmin = admin.createApp;
