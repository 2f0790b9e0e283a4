import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import type { Check } from "../../../src/checks/check.ts";
import { causeway, causewayJson } from "./causeway.ts";
import { causewayHere } from "./run-here.ts";
import { fixture, startWorld } from "./world.ts";

const world = await startWorld(
  {
    "mapping/gitlab/gitlab-com": { rules: [{ name: "All", on: "*", to: "licensing" }] },
    "mapping/slack/C0000000003": {
      rules: [{ name: "Escalate", on: "reaction.escalate", to: "thread", message: "So" }],
    },
    "destination/handover": { type: "workflow", url: "secret:ELSEWHERE_URL" },
    "destination/licensing": { type: "channel", channel: "C0000000002" },
    "destination/alerts": { type: "channel", channel: "C0000000005" },
  },
  {
    ALERTS_TO: "alerts",
    SLACK_HOOK_ORIGINS: "https://hooks.slack.com",
    HANDOVER_URL: "https://hooks.slack.com/triggers/T0CAUSEWAY/1/abcdefgh",
    ELSEWHERE_URL: "https://example.com/not/allowed",
  },
);
afterAll(() => world.stop());
afterEach(() => world.slack.workspace.faults.clear());

type Diagnosis = { ok: boolean; url: string; checks: (Check & { group: string })[] };

function channel(id: string): object {
  const found = world.slack.workspace.channel(id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), "causeway-doctor-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(dir, file, ".."), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

it("is content when all is well, and waits while Slack wants to be left alone", async () => {
  await world.send(fixture("issue.open", "gitlab-com/support"));
  await world.settled();
  const dir = folder({
    "destination/handover.yaml": "type: workflow\nurl: secret:HANDOVER_URL\n",
    "destination/alerts.yaml": "type: channel\nchannel: C0000000005\n",
    "mapping/slack/C0000000001.yaml": "rules: []\n",
  });
  world.slack.workspace.faults.set({
    on: "/api/conversations.info",
    fault: "rate_limited",
    retryAfter: 1,
    times: 1,
  });
  const { code, stdout, stderr } = await causeway(["doctor", "--dir", dir], { env: world.env });
  expect(stderr).toBe("Slack asks for 1 s of patience …\n");
  expect(stdout.split("\n").map((line) => line.replace(/ (in \d+ ms|event [^,]+,)/, ""))).toEqual([
    "Worker",
    expect.stringMatching(/^ {2}✓ settings {2}\d secrets are set$/),
    "  ✓ kv  2 mappings, 3 destinations, 0 people, read",
    "  ✓ delivery  last nothing waits",
    "",
    "Slack",
    "  ✓ slack  causeway in Causeway sandbox (https://causeway-sandbox.slack.com/)",
    "",
    "Destinations",
    "  ✓ alerts  channel, #causeway-alerts",
    "  ✓ handover  workflow",
    "",
    "Channels with answers",
    "  ✓ C0000000001  #support_gitlab-com",
    "",
    `${world.url}: all is well.`,
    `GitLab's side: causeway hooks doctor --dir ${dir}.`,
    "",
  ]);
  expect(code).toBe(0);
  rmSync(dir, { recursive: true });
});

it("ends well with warnings alone, unless it is to be strict", async () => {
  Object.assign(channel("C0000000001"), { isExtShared: true });
  const dir = folder({ "destination/shared.yaml": "type: channel\nchannel: C0000000001\n" });
  const args = ["doctor", "--dir", dir, "--url", world.url];
  const mild = await causewayHere(args, { env: world.env });
  expect([mild.code, mild.stdout]).toEqual([0, expect.stringContaining("1 warning.")]);
  expect(mild.stdout).toContain(`: causeway hooks doctor --dir ${dir} --url ${world.url}.`);
  const strict = await causewayHere([...args, "--strict"], { env: world.env });
  expect([strict.code, strict.stdout]).toEqual([1, expect.stringContaining("1 warning.")]);
  Object.assign(channel("C0000000001"), { isExtShared: false });
  rmSync(dir, { recursive: true });
});

it("looks at everything that is published, and says what is wrong and what to do", async () => {
  Object.assign(channel("C0000000002"), { isArchived: true });
  Object.assign(channel("C0000000003"), { isMember: false });
  Object.assign(channel("C0000000005"), { isExtShared: true });
  const { code, stdout, stderr } = await causeway(["doctor"], {
    env: { ...world.env, GITLAB_TOKEN: "" },
  });
  expect(stderr).toBe("");
  const lines = stdout.split("\n");
  const after = (start: string) => lines.slice(lines.findIndex((line) => line.includes(start)));
  expect(lines.filter((line) => /^\S/.test(line)).slice(0, 4)).toEqual([
    "Worker",
    "Slack",
    "Destinations",
    "Channels with answers",
  ]);
  expect(after("✓ slack")[0]).toContain("causeway in Causeway sandbox");
  expect(after("✓ kv")[0]).toMatch(/2 mappings, 3 destinations, 0 people, read in \d+ ms/);
  expect(after("✗ handover").slice(1, 3)).toEqual([
    expect.stringContaining("error: It cannot be reached: the origin https://example.com is not"),
    expect.stringContaining("→ Use a URL that Slack gave you"),
  ]);
  expect(after("✗ licensing").slice(0, 3)).toEqual([
    "  ✗ licensing  channel, #support_licensing-subscription",
    "      error: #support_licensing-subscription is archived: nothing can be posted there.",
    "        → Unarchive it in Slack, or name another channel.",
  ]);
  expect(after("! alerts")[1]).toMatch(/warning: #causeway-alerts is shared with another company/);
  expect(after("✗ C0000000003").slice(0, 3)).toEqual([
    "  ✗ C0000000003  #support_escalations",
    expect.stringContaining("The bot is not in #support_escalations"),
    "        → Type /invite @Causeway in the channel.",
  ]);
  expect(stdout).toContain("then causeway hooks doctor");
  expect(stdout).not.toContain("/not/allowed");
  expect(code).toBe(1);
});

it("has the local Worker's secrets set in .dev.vars", async () => {
  const dir = folder({ "destination/a.yaml": "type: workflow\nurl: secret:NOT_THERE_URL\n" });
  const { stdout } = await causewayHere(["doctor", "--dir", dir], { env: world.env });
  expect(stdout).toMatch(/→ .*NOT_THERE_URL\..*write it into \.dev\.vars, and start it again/);
  rmSync(dir, { recursive: true });
});

it("gives programs every fact in one document", async () => {
  const dir = folder({ "destination/draft.yaml": "type: channel\nchannel: C0999999999\n" });
  const { code, json } = await causewayJson<Diagnosis>(["doctor", "--dir", dir], {
    env: world.env,
  });
  expect(code).toBe(1);
  expect(json).toMatchObject({ ok: false, url: world.url });
  expect(json.checks.map(({ group, name, ok }) => `${group} ${name} ${ok}`)).toEqual([
    "Worker settings true",
    "Worker kv true",
    expect.stringMatching(/^Worker delivery/),
    "Slack slack true",
    "Destinations draft false",
  ]);
  expect(json.checks.at(-1)?.findings[0]).toMatchObject({ code: "channel_not_found" });
  rmSync(dir, { recursive: true });
});

it("says that the Worker or Slack cannot be asked, and which file of a folder cannot be read", async () => {
  const nobody = { ...world.env, CAUSEWAY_URL: "http://127.0.0.1:9" };
  expect(await causeway(["doctor"], { env: nobody })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("Cannot reach the Worker at http://127.0.0.1:9"),
  });
  world.slack.workspace.faults.set({ on: "/api/*", fault: "rate_limited", retryAfter: 4000 });
  expect(await causeway(["doctor"], { env: world.env })).toMatchObject({
    code: 3,
    stderr: "error: Slack asks for 67 minutes of patience. Try again then.\n",
  });
  const dir = folder({ "destination/draft.yaml": "type: [\n" });
  expect(await causeway(["doctor", "--dir", dir], { env: world.env })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      "destination/draft.yaml:1:7: the [ that begins here is not closed.",
    ),
  });
  rmSync(dir, { recursive: true });
});
