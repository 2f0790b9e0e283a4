import { inject } from "vitest";
import { worldOf, type World } from "./world-of.ts";

export { fixture } from "./fixture.ts";
export type { World };

/** Starts a world of the Worker that was bundled for this run, with these documents in KV. */
export async function startWorld(
  documents: Record<string, unknown> = {},
  settings: Record<string, string> = {},
): Promise<World> {
  return await worldOf(inject("bundle"), documents, settings);
}
