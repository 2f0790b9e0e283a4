import type { Bundle } from "./bundle-worker.ts";

import { bundleCauseway, bundleReference } from "./bundle-worker.ts";

/** All Workers of a run. `counted` is Causeway with a counter under its storage. */
export type Workers = Record<"causeway" | "counted" | "ceiling" | "floor" | "kv", Bundle>;

/** Bundles them with wrangler. */
export async function buildWorkers(): Promise<Workers> {
  const [causeway, counted, ceiling, floor, kv] = await Promise.all([
    bundleCauseway("causeway"),
    bundleCauseway("counted", "bench/causeway/worker.ts"),
    bundleReference("ceiling", "bench/ceiling/worker.ts"),
    bundleReference("floor", "bench/floor/worker.ts"),
    bundleReference("kv", "bench/kv/worker.ts"),
  ]);
  return { causeway, counted, ceiling, floor, kv };
}
