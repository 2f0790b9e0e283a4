import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { readFolder } from "../../../src/folder/read-folder.ts";
import type { Json, JsonObject } from "../../../src/json.ts";
import { parseDestination, parseMapping } from "../../../src/mappings/parse-document.ts";
import { causeway, causewayJson } from "./causeway.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/slackworkflow");

type Imported = {
  files: { file: string; state: string; text: string }[];
  notes: { kind: string; from: string; file: string | null; message: string }[];
};

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "import-slackworkflow-"));
}

/** The team's workflows, all at once. */
const dir = newFolder();
const imported = await causewayJson<Imported>(["import", "slackworkflow", FOLDER, dir]);

describe("causeway import slackworkflow", () => {
  it("makes one usable file for each channel, whose id is the key", () => {
    const { documents, problems } = readFolder(dir);
    expect(problems).toEqual([]);
    expect(documents.map(({ key }) => key)).toEqual([
      "destination/channel-c0000000005",
      "destination/handover-notice",
      "destination/licensing-requests-notice",
      "mapping/slack/C0000000001",
      "mapping/slack/C0000000002",
      "mapping/slack/C0000000003",
    ]);
    for (const { key, text } of documents) {
      const parse = key.startsWith("mapping/") ? parseMapping : parseDestination;
      expect({ key, ...parse(key, text) }).toMatchObject({ key, ok: true });
    }
  });

  it("keeps one emoji's different words in different channels", () => {
    for (const [channel, address] of Object.entries({
      C0000000001: "support",
      C0000000002: "licensing?a=1&b=2",
      C0000000003: "managers",
    })) {
      const rule = rulesOf(channel).find(({ on }) => on === "reaction.escalate");
      expect(rule).toMatchObject({ to: "thread" });
      expect(rule?.["message"]).toContain(`<https://example.com/escalate/${address}|`);
      expect(rule?.["message"]).toContain("Hello {{ event.author | mention }}, ");
    }
  });

  it("knows emoji and joining, and where each was answered", () => {
    expect(rulesOf("C0000000001").map(({ name, on, to }) => [name, on, to])).toEqual([
      ["Contact management", "reaction.admission_tickets", "thread"],
      ["Question redirect", "reaction.leftwards_arrow_with_hook", "dm"],
      ["Remove link preview", "reaction.slack", "channel-c0000000005"],
      ["Support ticket escalation", "reaction.escalate", "thread"],
      ["Welcome", "member_joined", "dm"],
    ]);
  });

  it("writes Slack's rich text as mrkdwn, and nobody's braces as a template", () => {
    const rule = rulesOf("C0000000001").find(({ name }) => name === "Question redirect");
    expect(rule?.["message"]).toBe(
      [
        "Good question. Ask <#C0000000004> or <!subteam^S0000000001>:",
        "• *with a link to* {{ event.message.permalink | link }}",
        '• and {{ "{" }}{ your }} logs &lt;here&gt;',
        "> Thank you :wave:",
      ].join("\n"),
    );
  });

  it("makes a destination of a workflow that a webhook starts", () => {
    const { documents } = readFolder(dir);
    expect(documents.find(({ key }) => key === "destination/handover-notice")?.json).toEqual({
      type: "workflow",
      url: "secret:HANDOVER_NOTICE_URL",
      variables: ["title", "url", "author"],
      channel: "C0000000001",
    });
    const text = readFileSync(join(dir, "destination/handover-notice.yaml"), "utf8");
    expect(text).toContain("# New handover: <title> <url>\n");
  });

  it("says what has no equivalent: buttons, forms, steps of apps", () => {
    expect(imported.code).toBe(1);
    const lost = imported.json.notes.filter(({ kind }) => kind === "lost");
    expect(lost.map(({ file, from, message }) => [file ?? from, message])).toEqual([
      [
        'workflow "Contact management"',
        "Step 2 comes after a button was clicked, and Causeway has no buttons: left out.",
      ],
      ['workflow "Welcome"', 'Step 2 is a step of the app "Training", which has no equivalent.'],
      ["mapping/slack/C0000000001.yaml", "Its button is left out: Causeway has no buttons."],
      [
        "mapping/slack/C0000000001.yaml",
        "What a step of the workflow made (a form, an app) is left out of the text.",
      ],
    ]);
  });
});

describe("one workflow", () => {
  it("takes its channel from the command line when the file does not say it", async () => {
    const without = await one(workflow({ type: "reaction_added", config: { emoji: ":eyes:" } }));
    expect(Object.keys(without.rules)).toEqual(["mapping/slack/C0000000000.yaml"]);
    expect(without.text).toContain("--channel <id>");
    const withIt = await one(workflow({ type: "reaction_added", config: { emoji: ":eyes:" } }), [
      "--channel",
      "C0123456789",
      "--shadow",
    ]);
    expect(withIt.rules).toEqual({
      "mapping/slack/C0123456789.yaml": [
        { name: "A flow", on: "reaction.eyes", to: "thread", message: "Hello", mode: "shadow" },
      ],
    });
  });

  test.for<[started: string, trigger: JsonObject, message: RegExp]>([
    ["by hand", { type: "channel_action", config: {} }, /started by hand/],
    ["by the clock", { type: "scheduled", config: {} }, /started by the clock/],
    ["by something new", { type: "moonrise", config: {} }, /"moonrise", which has no equivalent/],
    ["by no emoji", { type: "reaction_added", config: {} }, /does not say for which emoji/],
  ])("started %s is a note, and no file", async ([, trigger, message]) => {
    const { code, rules, text } = await one(workflow(trigger));
    expect(rules).toEqual({});
    expect(text).toMatch(message);
    expect(code).toBe(1);
  });

  it("of today's Workflow Builder, or anything else, is a note", async () => {
    const { text } = await one({ manifest: { workflows: {} } });
    expect(text).toContain("This is no export of Slack's old Workflow Builder");
  });
});

describe("what cannot be used", () => {
  test.for<[said: string, args: string[], message: RegExp]>([
    ["no channel id", [FOLDER, "x", "--channel", "#general"], /"#general" is no channel id/],
    ["a folder without workflows", [tmpdir(), "x"], /no file that ends in \.slackworkflow/],
  ])("%s", async ([, args, message]) => {
    const cwd = newFolder();
    const ended = await causeway(
      ["import", "slackworkflow", ...args.map((arg) => (arg === tmpdir() ? cwd : arg))],
      { cwd },
    );
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(2);
  });
});

function rulesOf(channel: string): JsonObject[] {
  const { documents } = readFolder(dir);
  return documents
    .filter(({ key }) => key === `mapping/slack/${channel}`)
    .flatMap(({ json }) => (json as { rules: JsonObject[] }).rules);
}

function workflow(trigger: JsonObject): Json {
  const message = { type: "message", id: "s", config: { message_text: "Hello" } };
  const blueprint = { version: "1", trigger: { id: "t", ...trigger }, steps: [message] };
  return { source_id: "1", version: "1", workflow: { name: "A flow", blueprint } };
}

/** Imports one workflow, and reads the rules of the files that it made. */
async function one(
  exported: Json,
  args: string[] = [],
): Promise<{ code: number | null; rules: Record<string, unknown>; text: string }> {
  const cwd = newFolder();
  writeFileSync(join(cwd, "flow.slackworkflow"), JSON.stringify(exported));
  const { code, stdout } = await causeway(
    ["import", "slackworkflow", "flow.slackworkflow", "config", ...args],
    { cwd },
  );
  const made = stdout.startsWith("Nothing") ? [] : readFolder(join(cwd, "config")).documents;
  const rules = made.map(({ file, json }) => [file, (json as JsonObject)["rules"]]);
  return { code, rules: Object.fromEntries(rules), text: stdout };
}
