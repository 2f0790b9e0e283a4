import type { KvMood } from "../../kv/kv.ts";
import type { Scenario } from "../../scenario.ts";
import { threeKinds } from "../../world/configuration.ts";

/** Causeway reads a document again after 30 s, and asks a KV that failed after 5 s. */
const READ_AGAIN_MS = 31_000;

export const kvUnreadable = spoiled("kv-unreadable", "Workers KV answers with errors", {
  kind: "failing",
});
export const kvSlow = spoiled("kv-slow", "Workers KV takes 1.5 seconds", {
  kind: "slow",
  ms: 1_500,
});
export const kvHangs = spoiled("kv-hangs", "Workers KV never answers", { kind: "hanging" });

/**
 * KV in a bad mood: for a project that was read before, for one that was never read, and after a
 * restart, when only the copies on disk are left.
 */
function spoiled(name: string, what: string, mood: KvMood): Scenario {
  return {
    name,
    says: `${what}: the last good mappings are used, also after a restart, and events of a project that was never read wait until it can be.`,
    group: "kv",
    waits: true,
    configuration: () => threeKinds("none"),
    async story({ kv, steadily, webhooks, sized, wait, quiet, causeway, configuration }) {
      const [known, , , fresh] = configuration.projects;
      if (known === undefined || fresh === undefined) throw new Error("Too few projects.");
      await steadily(webhooks(40, { project: known }), 20);
      kv.mood(mood);
      await steadily(webhooks(sized(60, 200), { project: known }), 20);
      await quiet();
      await causeway.deploy();
      await steadily(webhooks(sized(60, 200)), 20);
      kv.mood({ kind: "well" });
      await wait(READ_AGAIN_MS);
      await steadily(webhooks(40), 20);
    },
  };
}
