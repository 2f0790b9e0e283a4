import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";

import { parseEvent } from "../../../src/gitlab/parse-event.ts";
import { mappingKeys } from "../../../src/mappings/mapping-keys.ts";
import { matchRules } from "../../../src/mappings/match-rules.ts";
import { parseDestination, parseMapping } from "../../../src/mappings/parse-document.ts";
import { readConfiguration } from "../../../src/sandbox/read-configuration.ts";
import { sampleBody, type SampleOptions } from "../../../src/sandbox/sample-delivery.ts";
import { CHANNELS, TRIGGERS } from "../../../src/sandbox/support-team.ts";

const ROOT = join(import.meta.dirname, "../../..");
const examples = readConfiguration(join(ROOT, "examples/gitlab-support"));
const REQUESTS = "gitlab-com/support/internal-requests";

describe("the example configuration", () => {
  it("is valid, all of it", () => {
    const problems = examples.map(({ key, value }) => {
      const parse = key.startsWith("destination/") ? parseDestination : parseMapping;
      const parsed = parse(key, value);
      return [key, parsed.ok ? [] : parsed.problems];
    });
    expect(problems).toEqual(examples.map(({ key }) => [key, []]));
  });

  it("declares what the stand-in's workflows declare, and names a channel it has", () => {
    const destination = (name: string) => JSON.parse(valueOf(`destination/${name}`));
    const [handover, requests] = TRIGGERS;
    expect(destination("support-gitlab-com").variables).toEqual(handover?.variables);
    expect(destination("support-licensing-subscription").variables).toEqual(requests?.variables);
    const alerts = CHANNELS.find(({ name }) => name === "causeway-alerts");
    expect(destination("causeway-alerts").channel).toBe(alerts?.id);
  });

  test.for<[string, SampleOptions, string[]]>([
    ["issue.open", {}, ["support-gitlab-com"]],
    ["issue.close", { project: "gitlab-com/support/dotcom/cmoc-handover" }, []],
    ["issue.open-licensing", {}, ["support-licensing-subscription"]],
    ["issue.open-licensing", { labels: ["Duplicate"] }, []],
    ["issue.open", { project: REQUESTS }, []],
    [
      "issue.open",
      { project: REQUESTS, labels: ["SM Renewals"] },
      ["support-licensing-subscription"],
    ],
    ["issue.open", { project: "gitlab-com/support/other", labels: ["SM Renewals"] }, []],
    ["issue.labeled", {}, ["support-licensing-subscription"]],
  ])("sends %s %j to %j", ([name, options, destinations]) => {
    expect(route(sampleBody(fixture(name), options))).toEqual(destinations);
  });

  it("rings once when a licensing request gets a second licensing label", () => {
    const body = JSON.parse(sampleBody(fixture("issue.labeled"), { labels: ["SM Renewals"] }));
    body.changes.labels.previous = body.labels.slice(0, -1);
    expect(route(JSON.stringify(body))).toEqual([]);
  });
});

function route(text: string): string[] {
  const payload = JSON.parse(text);
  const event = parseEvent(payload, {
    id: "1",
    hookName: null,
    hookPath: null,
    large: false,
    refChange: null,
  });
  const mappings = mappingKeys("gitlab", event.path).flatMap((key) => {
    const parsed = examples.some((each) => each.key === key)
      ? parseMapping(key, valueOf(key))
      : undefined;
    return parsed?.ok === true ? [parsed.value] : [];
  });
  return matchRules(event, payload, mappings).flatMap(({ destinations }) => destinations);
}

function valueOf(key: string): string {
  return examples.find((each) => each.key === key)?.value ?? "";
}

function fixture(name: string): string {
  return readFileSync(join(ROOT, `test/fixtures/gitlab/${name}.json`), "utf8");
}
