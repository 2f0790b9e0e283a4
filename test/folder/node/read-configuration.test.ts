import { join } from "node:path";
import { expect, it } from "vitest";

import { readConfiguration } from "../../../src/folder/read-folder.ts";

const examples = readConfiguration(join(import.meta.dirname, "../../../examples/gitlab-support"));

it("makes each YAML file a KV pair, its path the key and its content JSON", () => {
  expect(examples.map(({ key }) => key)).toEqual([
    "destination/causeway-alerts",
    "destination/support-gitlab-com",
    "destination/support-licensing-subscription",
    "mapping/gitlab/gitlab-com/support/dotcom/cmoc-handover",
    "mapping/gitlab/gitlab-com/support/internal-requests",
    "mapping/slack/C0000000001",
    "mapping/slack/C0000000002",
    "mapping/slack/C0000000003",
    "mapping/slack/C0000000004",
    "person/amina",
    "person/bruno",
  ]);
  expect(JSON.parse(examples[0]?.value ?? "")).toEqual({
    type: "channel",
    channel: "C0000000005",
    limit: "1/second",
  });
});
