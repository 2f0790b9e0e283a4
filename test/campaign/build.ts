import type { Bundle } from "../../bench/build/bundle-worker.ts";
import { bundleCauseway, bundleReadable } from "../../bench/build/bundle-worker.ts";

/**
 * The builds of a campaign: the deployed Worker, the one that a deploy brings (the same source, built
 * otherwise), and one whose clock can be set.
 */
export type Builds = Record<"current" | "next" | "clocked", Bundle>;

/** Bundles them with wrangler. */
export async function build(): Promise<Builds> {
  const [current, next, clocked] = await Promise.all([
    bundleCauseway("current"),
    bundleReadable("next"),
    bundleCauseway("clocked", "test/campaign/clock/worker.ts"),
  ]);
  return { current, next, clocked };
}
