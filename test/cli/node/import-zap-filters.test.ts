import { describe, expect, it, test } from "vitest";
import { configurationFiles } from "../../../src/cli/import/configuration-files.ts";
import { newDraft } from "../../../src/cli/import/draft.ts";
import { convertZaps } from "../../../src/cli/import/zapier/convert-zaps.ts";
import { readYaml } from "../../../src/folder/read-yaml.ts";
import { field, type JsonObject } from "../../../src/json.ts";
import { matchRules } from "../../../src/mappings/match-rules.ts";
import { parseMapping } from "../../../src/mappings/parse-document.ts";
import { boundedScope } from "../../../src/mappings/scope.ts";
import { eventOf, payloadOf } from "../../gitlab/fixtures.ts";

/** The event issue.open-licensing: labels License Issue and SM Renewals, weight 3, by Priya. */
describe("a filter", () => {
  test.for<[key: string, match: string, value: string, holds: boolean]>([
    ["object_kind", "iexact", "issue", true],
    ["object_kind", "iexact", "merge_request", false],
    ["object_attributes__action", "iexact", "open", true],
    ["object_attributes__action", "iexact", "close", false],
    ["object_attributes__action", "inotexact", "close", true],
    ["object_attributes__title", "icontains", "seat COUNT", true],
    ["object_attributes__title", "icontains", "outage", false],
    ["object_attributes__title", "idoesnotcontain", "outage", true],
    ["object_attributes__title", "istartswith", "renewal", true],
    ["object_attributes__title", "iendswith", "renewal", false],
    ["object_attributes__title", "iexist", "", true],
    ["object_attributes__due_date", "iexist", "", false],
    ["object_attributes__due_date", "idoesnotexist", "", true],
    ["object_attributes__weight", "igreater", "2", true],
    ["object_attributes__weight", "igreater", "3", false],
    ["object_attributes__weight", "iless", "4.5", true],
    ["object_attributes__weight", "iexact", "3", true],
    ["object_attributes__nothing_of_the_kind", "iexact", "x", false],
    ["object_attributes__nothing_of_the_kind", "iless", "4", false],
    ["nobody__has__this", "icontains", "x", false],
    ["nobody__has__this", "inotcontains", "x", true],
    ["object_attributes__confidential", "iexact", "false", true],
    ["object_attributes__confidential", "istrue", "", false],
    ["labels[]title", "icontains", "licen", true],
    ["labels[]title", "icontains", "Dupl", false],
    ["labels[]title", "inotcontains", "Dupl", true],
    ["labels[]title", "in", "Bug, SM Renewals", true],
    ["labels[]title", "inotin", "Bug, SM Renewals", false],
    ["project__path_with_namespace", "icontains", "internal", true],
    ["project__path_with_namespace", "iendswith", "elsewhere", false],
    ["user__username", "icontains", "bot", false],
  ])("%s %s %s lets it through: %s", ([key, match, value, holds]) => {
    const path = key.replace("[]", "__[]__").split("__");
    const gives = `{{=gives["1"]${path.map((part) => `["${part}"]`).join("")}}}`;
    for (const written of [`1__${key}`, `{{1__${key}}}`, gives]) {
      const verdict = passes([{ key: written, match, value }]);
      expect(verdict).toEqual({ matched: holds, mode: undefined });
    }
  });

  it("joins lines of a group by and, and groups by or", () => {
    const [yes, no] = ["Renewal", "outage"].map((value) => ({
      key: "1__object_attributes__title",
      match: "icontains",
      value,
    }));
    const in1 = (line: object | undefined) => ({ ...line, group: 1 });
    const in2 = (line: object | undefined) => ({ ...line, group: 2 });
    expect(passes([in1(yes), in1(no)]).matched).toBe(false);
    expect(passes([in1(yes), in1(yes)]).matched).toBe(true);
    expect(passes([in1(no), in2(yes)]).matched).toBe(true);
    expect(passes([in1(no), in2(no)]).matched).toBe(false);
    const byLabel = { key: "1__labels[]title", match: "icontains", value: "License" };
    expect(passes([in1(byLabel), in1(no), in2(yes), in2(byLabel)]).matched).toBe(true);
    expect(passes([in1(byLabel), in1(no), in2(no), in2(byLabel)]).matched).toBe(false);
  });

  test.for<[string, object]>([
    ["with a comparison nobody knows", { key: "1__object_kind", match: "iresembles", value: "x" }],
    ["of what another step made", { key: "2__output", match: "iexact", value: "x" }],
    ["that stops instead", { key: "1__object_kind", match: "iexact", value: "x", action: "stop" }],
    ["by a pattern", { key: "1__object_kind", match: "imatchesregex", value: ".*" }],
  ])("%s never lets more through: the rule stays in shadow", ([, line]) => {
    expect(passes([line]).mode).toBe("shadow");
  });
});

/** Whether the rule of a Zap with such a filter matches the licensing issue. */
function passes(lines: object[]): { matched: boolean | undefined; mode: unknown } {
  const steps = [
    { id: 1, parent_id: null, selected_api: "WebHookCLIAPI@1.1.1", action: "hook_v2" },
    { id: 2, parent_id: 1, selected_api: "CodeCLIAPI@1.0.1", action: "run", type_of: "write" },
    {
      id: 3,
      parent_id: 2,
      selected_api: "FilterAPI",
      action: "filter",
      type_of: "filter",
      params: { filter_criteria: lines },
    },
    {
      id: 4,
      parent_id: 3,
      selected_api: "SlackCLIAPI@1.0.0",
      action: "channel_message",
      params: { channel: "C0123456789", text: "Hello" },
    },
  ];
  const draft = newDraft();
  const nodes = Object.fromEntries(steps.map((step) => [step.id, step]));
  const exported = JSON.parse(JSON.stringify({ zaps: [{ title: "A Zap", nodes }] }));
  convertZaps(draft, exported, { shadow: false, projectOf: () => "gitlab-com" });
  const { files } = configurationFiles(draft);
  const file = files.find((each) => each.file.startsWith("mapping/"));
  const read = readYaml(file?.text ?? "");
  if (!read.ok) throw new Error("no YAML");
  const mapping = parseMapping("mapping/gitlab/gitlab-com", JSON.stringify(read.json));
  if (!mapping.ok) throw new Error(JSON.stringify(mapping.problems));
  const payload = payloadOf("issue.open-licensing");
  const event = eventOf("issue.open-licensing");
  const [verdict] = matchRules(event, boundedScope(event, payload).payload, [mapping.value]);
  // A condition without an answer would count as true.
  expect(verdict?.problem ?? null).toBeNull();
  const mode: unknown = (field(read.json, "rules") as JsonObject[])[0]?.["mode"];
  return { matched: verdict?.matched, mode };
}
