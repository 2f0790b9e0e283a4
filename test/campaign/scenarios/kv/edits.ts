import type { Scenario } from "../../scenario.ts";
import { mappingKey, mappingOf, threeKinds } from "../../world/configuration.ts";

/** Causeway reads a document again after 30 s. */
const READ_AGAIN_MS = 31_000;

export const kvStale: Scenario = {
  name: "kv-stale",
  says: "Workers KV answers with an old mapping for a while after an edit, as Cloudflare's locations may.",
  group: "kv",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ kv, steadily, webhooks, configuration, causeway, quiet, wait }) {
    await steadily(webhooks(40), 20);
    kv.mood({ kind: "stale" });
    for (const project of configuration.projects) {
      kv.put(mappingKey(project), mappingOf(project, "edited: "));
    }
    await steadily(webhooks(60), 20);
    kv.mood({ kind: "well" });
    await wait(READ_AGAIN_MS);
    await steadily(webhooks(60), 20);
    kv.mood({ kind: "stale" });
    await quiet();
    await causeway.deploy();
    await steadily(webhooks(60), 20);
    kv.mood({ kind: "well" });
  },
};

export const kvBad: Scenario = {
  name: "kv-bad-document",
  says: "Someone publishes mappings that are not JSON, or have a mistake, and mends them later: events go by the last good ones, and the problem is reported until it is gone.",
  group: "kv",
  waits: true,
  configuration: () => threeKinds("none"),
  async story({ kv, steadily, webhooks, configuration, wait, admin, becomes }) {
    const [one, other, ...rest] = configuration.projects;
    if (one === undefined || other === undefined) throw new Error("Too few projects.");
    await steadily(webhooks(60), 20);
    kv.put(mappingKey(one), '{"rules": [');
    kv.put(mappingKey(other), { rules: [{ name: "Opened", on: "issue.opened", too: "channel" }] });
    await wait(READ_AGAIN_MS);
    await steadily(webhooks(100), 20);
    const spoiled = [one, other].map(mappingKey);
    const reported = async (): Promise<number> =>
      (await admin.problems()).filter((problem) => spoiled.some((key) => problem.startsWith(key)))
        .length;
    await becomes("mappings are reported", reported, spoiled.length);
    for (const project of [one, other, ...rest]) kv.put(mappingKey(project), mappingOf(project));
    await wait(READ_AGAIN_MS);
    for (const project of configuration.projects) await steadily(webhooks(20, { project }), 20);
  },
};
