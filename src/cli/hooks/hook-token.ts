import type { AdminApi } from "../worker/admin-api.ts";

/** What the Worker derives for one path. `secrets` is how many master secrets are good at the moment. */
export type HookToken = { path: string; url: string; token: string; secrets: number };

/** Asks the Worker for the token of a hook, so that nobody needs the master secret here. */
export async function hookToken(worker: AdminApi, path: string): Promise<HookToken> {
  return await worker.ask<HookToken>("/hook-tokens", { method: "POST", body: { path } });
}
