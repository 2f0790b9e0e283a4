import type { TestProject } from "vitest/node";
import { bundleCauseway } from "../../../bench/build/bundle-worker.ts";

declare module "vitest" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- Vitest's interface is added to.
  interface ProvidedContext {
    /** The Worker as wrangler would upload it. */
    bundle: Awaited<ReturnType<typeof bundleCauseway>>;
  }
}

/** Bundles the Worker once for all tests of the command line. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("bundle", await bundleCauseway("cli"));
}
