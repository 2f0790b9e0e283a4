import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REACTION, ENVELOPE } from "../../slack/bodies.ts";
import { causeway, causewayJson } from "./causeway.ts";
import { causewayHere, causewayJsonHere } from "./run-here.ts";
import { fixture, startWorld, type World } from "./world.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/gitlab-support");
const REQUESTS = "gitlab-com/support/internal-requests";

type Simulations = {
  simulations: {
    of: string;
    event: { type: string; title: string; path: string | null; confidential: boolean };
    notes: string[];
    reason: string | null;
    rules: { rule: string; matched: boolean; why: string }[];
    deliveries: {
      destination: string;
      outcome: string;
      content: { text: string; blocks: object[]; variables: Record<string, string> } | null;
      problem: string | null;
      blockKitBuilder: string | null;
    }[];
  }[];
};

const folder = mkdtempSync(join(tmpdir(), "simulate-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

file("config/destination/support.yaml", "type: channel\nchannel: C0000000001\n");
file(
  "config/destination/flow.yaml",
  "type: workflow\nurl: https://hooks.slack.com/triggers/T0/1/very-secret\nvariables: [title]\n",
);
file(
  "config/mapping/gitlab/acme.yaml",
  `rules:
  - name: Opened
    on: issue.open
    to: [support, flow]
    message: "*{{ event.title }}* <{{ event.url }}|here>"
  - name: Gone
    on: merge_request.open
    to: nobody
`,
);
file(
  "config/mapping/slack/C123ABC456.yaml",
  "rules:\n  - { name: Thanks, on: reaction.+1, to: thread, message: You are welcome }\n",
);
const config = join(folder, "config");

async function simulated(args: string[], around = {}): Promise<Simulations["simulations"]> {
  const { code, json } = await causewayJsonHere<Simulations>(["simulate", ...args], around);
  expect(code).toBe(0);
  return json.simulations;
}

describe("causeway simulate", () => {
  it("says which rules match a sample and why the others do not, and what the workflow gets", async () => {
    const { code, stdout } = await causeway(["simulate", "issue.open-licensing"], {
      cwd: EXAMPLES,
    });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "✓ mapping/gitlab/gitlab-com/support/internal-requests › New licensing",
    );
    expect(stdout).toContain("on: the event is issue.open; wanted issue.labeled");
    expect(stdout).toContain("→ support-licensing-subscription (workflow, secret:SUPPORT_LIC");
    expect(stdout).toContain("    labels: License Issue, SM Renewals");
    expect(stdout).not.toContain("Block Kit");
  });

  it("takes labels, a title and a project, as npm run sample does", async () => {
    const changes = ["--label", "SM Renewals", "--label", "Late", "--title", "Mine"];
    const args = ["issue.open", EXAMPLES, "--project", REQUESTS, ...changes];
    const { json } = await causewayJson<Simulations>(["simulate", ...args]);
    expect(json.simulations).toMatchObject([
      {
        of: "sample issue.open",
        event: { title: "Mine", path: REQUESTS },
        deliveries: [{ outcome: "sent", content: { variables: { title: "Mine" } } }],
      },
    ]);
  });

  it("shows a message as people read it; as JSON it has a link to Slack's Block Kit Builder", async () => {
    const body = file("body.json", fixture("issue.open", "acme/widgets"));
    const { stdout } = await causewayHere(["simulate", body, config]);
    expect(stdout).toMatch(/│ CMOC handover: .* here \(https:\/\/gitlab\.example\.com/);
    expect(stdout).not.toContain("very-secret");
    const [{ deliveries } = { deliveries: [] }] = await simulated([body, config]);
    const link = deliveries[0]?.blockKitBuilder ?? "";
    expect(stdout).not.toContain("Block Kit Builder");
    const { stdout: blocksShown } = await causewayHere(["simulate", body, config, "--blocks"]);
    expect(blocksShown).toContain(`Block Kit Builder: ${link}`);
    const [address, blocks] = link.split("#");
    expect(address).toBe("https://app.slack.com/block-kit-builder/");
    expect(JSON.parse(decodeURIComponent(blocks ?? ""))).toEqual({
      blocks: deliveries[0]?.content?.blocks,
    });
    expect(deliveries[1]).toMatchObject({ destination: "flow", blockKitBuilder: null });
  });

  it("shows Block Kit JSON, and only one destination, when asked", async () => {
    const body = file("body.json", fixture("issue.open", "acme/widgets"));
    const { stdout } = await causewayHere([
      "simulate",
      body,
      config,
      "--blocks",
      "--only",
      "support",
    ]);
    expect(stdout).toContain('"type": "section"');
    expect(stdout).not.toContain("flow (");
    const other = await causewayHere(["simulate", body, config, "--only", "licensing"]);
    expect(other).toMatchObject({ code: 0 });
    expect(other.stdout).toContain('Nothing would go to "licensing".');
  });

  it("says what would wait for a destination that does not exist, and what nothing comes of", async () => {
    const { code, stdout } = await causewayHere([
      "simulate",
      "merge_request.open",
      config,
      "--project",
      "acme/widgets",
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('⏸ nobody, by the rule "Gone": the message waits');
    expect(stdout).toContain("there is no document destination/nobody");
    const nothing = await causewayHere(["simulate", "issue.close", config, "--project", "acme/x"]);
    expect(nothing).toMatchObject({ code: 0 });
    expect(nothing.stdout).toContain("Nothing would be sent: no rule matched.");
  });

  it("says that the event would wait where a mapping cannot be used, with the place in its file", async () => {
    const broken = join(folder, "broken");
    file("broken/mapping/gitlab/acme.yaml", "rules:\n  - {name: A, on: issue.open\n");
    const { code, stdout } = await causewayHere([
      "simulate",
      "issue.open",
      broken,
      "--project",
      "acme/x",
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain("the event waits. mapping/gitlab/acme cannot be used: mapping/gitlab");
    expect(stdout).toMatch(/acme\.yaml:\d+:\d+: /);
  });

  it("names what cannot be used in the folder, and ends with 1 where that may matter", async () => {
    const dir = join(folder, "unusable");
    const mapping = "rules: [{ name: A, on: issue.open, to: support }]\n";
    file("unusable/mapping/gitlab/acme/Widgets.yaml", mapping);
    file("unusable/mapping/acme/gadgets.yaml", mapping);
    file("unusable/mapping/gitlab/other.yaml", "rules: [{ name: A }]\n");
    file("unusable/mapping/gitlab/fine.yaml", mapping);
    file("unusable/destination/support.yaml", "type: channel\nchannel: C0000000001\n");
    file("unusable/person/ana.yaml", "slack: nobody\n");
    const unusable = [
      "mapping/acme/gadgets",
      "mapping/gitlab/acme/Widgets",
      "mapping/gitlab/other",
      "person/ana",
    ];
    const inProject = async (project: string) =>
      await causewayHere(["simulate", "issue.open", dir, "--project", project]);
    const widgets = await inProject("acme/widgets");
    expect(widgets).toMatchObject({
      code: 1,
      stderr: `4 documents of the folder cannot be used: ${unusable.join(", ")}. "causeway lint" says what is wrong.\n`,
    });
    expect(widgets.stdout).toContain("Nothing would be sent: no mapping for its path.");
    expect(widgets.stdout).toContain("mapping/gitlab/acme/Widgets cannot be used");
    expect((await inProject("acme/gadgets")).code).toBe(1);
    expect((await inProject("other/one")).code).toBe(1);
    expect(await inProject("fine")).toMatchObject({ code: 0, stderr: widgets.stderr });
    expect(await inProject("elsewhere")).toMatchObject({ code: 0, stderr: widgets.stderr });
    const args = ["simulate", "issue.open", dir, "--project", "fine"];
    const { json } = await causewayJsonHere(args);
    expect(json).toMatchObject({ unusable, simulations: [{ lacks: [] }] });
  });

  it("gives a body without a path that of its hook", async () => {
    const { project: _project, ...payload } = JSON.parse(fixture("issue.open")) as {
      project: object;
    };
    const body = file(
      "bare.json",
      JSON.stringify({ ...payload, object_attributes: { action: "open" } }),
    );
    expect((await simulated([body, config]))[0]).toMatchObject({ event: { path: null } });
    expect((await simulated([body, config, "--path", "acme/widgets"]))[0]).toMatchObject({
      event: { path: "acme/widgets" },
      deliveries: [{ outcome: "sent" }, { outcome: "sent" }],
    });
  });

  it("takes a body of Slack's, and says what is not known of it", async () => {
    const event = { ...REACTION, reaction: "+1" };
    const body = file("slack.json", JSON.stringify({ ...ENVELOPE, event }));
    const { stdout } = await causewayHere(["simulate", body, config]);
    expect(stdout).toContain("note: Slack's events leave out the message");
    expect(stdout).toContain(
      '→ thread:C123ABC456 (in the message\'s thread), by the rule "Thanks"',
    );
    expect(stdout).toContain("│ You are welcome");
  });

  it("lets nothing that others wrote move the cursor", async () => {
    const title = "a\u001b[2J\u0007b";
    const { stdout } = await causewayHere([
      "simulate",
      "issue.open",
      config,
      "--project",
      "acme/x",
      "--title",
      title,
    ]);
    expect(stdout).toContain("a [2J b");
    expect(stdout).not.toContain("\u001b");
  });

  it.for<[args: string[], said: RegExp]>([
    [["simulate"], /^error: Say which event: a file, a sample's name/],
    [
      ["simulate", "isue.open", EXAMPLES],
      /There is no file and no sample "isue\.open"\. Did you mean "issue\.open"\?/,
    ],
    [["simulate", "missing.json", EXAMPLES], /There is no file missing\.json\./],
    [["simulate", "issue.open"], /holds no configuration/],
    [["simulate", "issue.open", EXAMPLES, "--live"], /Name a folder or --live, not both\./],
  ])("refuses %j", async ([args, said]) => {
    const { code, stderr, stdout } = await causewayHere(args);
    expect(stderr).toMatch(said);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("refuses an option that is no number", async () => {
    const { code, stderr } = await causeway(["simulate", "issue.open", EXAMPLES, "--last", "none"]);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Expected a whole number from 1 to 50/),
    });
  });

  it("refuses what is no JSON object, and changes to what is not GitLab's", async () => {
    const list = file("list.json", "[1]");
    const { code, stderr } = await causewayHere(["simulate", list, config]);
    expect(code).toBe(2);
    expect(stderr).toContain("is not a JSON object, which is what GitLab and Slack send");
    const changed = await causewayHere(["simulate", list, config, "--title", "x"]);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain("change bodies of GitLab's, and this is not one");
  });

  it("lists the samples, and explains itself", async () => {
    const { stdout } = await causewayHere(["simulate", "--samples"]);
    expect(stdout.split("\n")).toContain("issue.open-licensing");
    const help = await causeway(["simulate", "--help"]);
    expect(help).toMatchObject({ code: 0 });
    expect(help.stdout).toContain("causeway simulate issue.open --project");
  });
});

describe("with a Worker", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      "mapping/gitlab/acme": { rules: [{ name: "Live", on: "*", to: "live" }] },
      "destination/live": { type: "channel", channel: "C0000000001", limit: "none" },
    });
  });
  afterAll(() => world.stop());

  it("runs the newest events about an issue that the Worker received, newest first", async () => {
    const sent = JSON.parse(fixture("issue.open", "acme/widgets")) as {
      object_attributes: { iid: number; url: string };
    };
    const other = structuredClone(sent);
    other.object_attributes.iid += 1;
    await world.send(JSON.stringify(sent));
    await world.send(JSON.stringify(other));
    const closed = JSON.parse(fixture("issue.close", "acme/widgets")) as typeof sent;
    closed.object_attributes.iid = sent.object_attributes.iid;
    const last = await world.send(JSON.stringify(closed));
    await world.settled();
    const url = `https://gitlab.example.com/acme/widgets/-/issues/${sent.object_attributes.iid}`;
    const found = await simulated([url, config], { env: world.env });
    expect(found.map(({ event: { type } }) => type)).toEqual(["issue.close", "issue.open"]);
    expect(found[0]?.of).toContain(last);
    expect(found[1]?.deliveries.map(({ destination }) => destination)).toEqual(["support", "flow"]);
    expect(await simulated([url, config, "--last", "1"], { env: world.env })).toHaveLength(1);
  });

  it("knows what only the header said: that an event is confidential", async () => {
    const iid = 4711;
    const open = JSON.parse(fixture("issue.open", "acme/secret")) as {
      object_attributes: object;
    };
    const attributes = { ...open.object_attributes, iid, confidential: true };
    await world.send(JSON.stringify({ ...open, object_attributes: attributes }));
    await world.settled();
    const url = `https://gitlab.example.com/acme/secret/-/issues/${iid}`;
    expect(await simulated([url, config], { env: world.env })).toMatchObject([
      { event: { confidential: true }, deliveries: [{ outcome: "confidential" }, {}] },
    ]);
  });

  it("says when nothing came about an issue, and what is no address of one", async () => {
    const about = (url: string) => causewayHere(["simulate", url, config], { env: world.env });
    const none = await about("https://gitlab.example.com/acme/widgets/-/issues/99999");
    expect(none.code).toBe(3);
    expect(none.stderr).toContain("The Worker has received nothing about https://gitlab.example");
    const wrong = await about("https://gitlab.example.com/acme/widgets/-/pipelines/1");
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("is not the address of an issue, work item, epic or merge");
    const response = await world.api("/events?about=https://gitlab.example.com/acme");
    expect(response).toMatchObject({ error: { code: "bad_query", path: "about" } });
  });

  it("goes by the rules that the Worker has now with --live, or beside a folder's with --keep", async () => {
    const args = ["issue.open", "--live", "--project", "acme/widgets"];
    expect(await simulated(args, { env: world.env })).toMatchObject([
      { deliveries: [{ destination: "live", outcome: "sent" }] },
    ]);
    file("only/destination/live.yaml", "type: channel\nchannel: C0000000007\n");
    const kept = ["issue.open", join(folder, "only"), "--keep", "--project", "acme/widgets"];
    expect(await simulated(kept, { env: world.env })).toMatchObject([
      { deliveries: [{ destination: "live", place: { channel: "C0000000007" } }] },
    ]);
  });
});
