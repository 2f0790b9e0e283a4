import type { Dispatch } from "./dispatch.ts";

let loaded: typeof Dispatch | null = null;

/** {@link Dispatch}, with all that it brings along; loaded once, when something is first to be routed. */
export async function loadDispatch(): Promise<typeof Dispatch> {
  loaded ??= (await import("./dispatch.ts")).Dispatch;
  return loaded;
}
