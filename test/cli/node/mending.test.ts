import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { causewayHere, causewayJsonHere } from "./run-here.ts";
import { fixture, startWorld } from "./world.ts";

const world = await startWorld({
  "mapping/gitlab/gitlab-com": {
    rules: [{ name: "All", on: "issue.*", to: "support", message: "{{ event.project.path }}" }],
  },
  "mapping/gitlab/gitlab-com/archived": {
    inherit: false,
    rules: [{ name: "All", on: "issue.*", to: "hook", message: "hi" }],
  },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
});
afterAll(() => world.stop());
const around = { env: { ...world.env, CAUSEWAY_BY: "amina" } };

/** An event that Slack refuses, also as plain text. */
async function refused(project: string): Promise<string> {
  world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
  return await sent(project);
}

async function sent(project: string): Promise<string> {
  const id = await world.send(fixture("issue.open", project));
  for (let tries = 0; tries < 100; tries += 1) {
    const { state } = await world.api<{ state: string }>(`/events/${id}`);
    if (state !== "pending") break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return id;
}

async function failedEvents(): Promise<string[]> {
  const { items } = await world.api<{ items: { examples: string[] }[] }>("/failures");
  return items.flatMap(({ examples }) => examples.map((id) => id.replace(/\.\d+$/, "")));
}

/** Until something stands in the failures that is about a destination. */
async function stuckAt(destination: string): Promise<void> {
  type Failures = { items: { destination: string | null }[] };
  for (let tries = 0; tries < 200; tries += 1) {
    const { items } = await world.api<Failures>("/failures");
    if (items.some((item) => item.destination === destination)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Nothing is stuck at ${destination}.`);
}

function posted(): string[] {
  return world.slack.workspace.messages.map(({ text }) => text);
}

/** Until so many messages were posted. */
async function havingPosted(count: number): Promise<string[]> {
  for (let tries = 0; tries < 200 && posted().length < count; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return posted();
}

beforeEach(() => {
  world.slack.workspace.messages.length = 0;
});

describe("causeway failed", () => {
  it("says that nothing failed, and what failed by cause, with the fix and the command", async () => {
    expect(await causeway(["failed"], around)).toMatchObject({
      code: 0,
      stdout: "Nothing failed and nothing is paused.\n",
    });
    const ids = [await refused("gitlab-com/one"), await refused("gitlab-com/two")];
    const { code, stdout } = await causewayHere(["failed"], around);
    expect(code).toBe(1);
    expect(stdout).toContain("2 deliveries to support failed: invalid_blocks\n  invalid_blocks");
    expect(stdout).toContain("→ Correct the rule's message or variables, then replay the event.");
    expect(stdout).toContain(`causeway replay ${ids.join(" ")} --to support\n`);
    expect(await causewayHere(["event", ids[0] ?? ""], around)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("It was not posted to support: Slack refused the message"),
    });
  });
});

describe("causeway retry and replay", () => {
  it("put right what failed: it is named no more", async () => {
    const [id = ""] = await failedEvents();
    expect(await causeway(["replay", id], around)).toMatchObject({ code: 0 });
    await havingPosted(1);
    expect(await causewayHere(["event", id], around)).toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining("It was not posted"),
    });
    expect(await failedEvents()).not.toContain(id);
    await refused("gitlab-com/one");
  });

  it("retry asks first, leaves out what would be refused again, and does what is named", async () => {
    expect(await causewayHere(["retry", "--all"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("There is nothing that a retry helps."),
    });
    const named = ["retry", "--destination", "support", "--cause", "invalid_blocks"];
    expect(await causewayHere(named, around)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(
        "Send 2 failed deliveries to support again? Nobody can be asked here, and nothing was changed. Add --yes to do it.",
      ),
    });
    expect(posted()).toEqual([]);
    const { code, json } = await causewayJson<{ retried: number }>([...named, "--yes"], around);
    expect({ code, retried: json.retried }).toEqual({ code: 0, retried: 2 });
    expect((await havingPosted(2)).toSorted()).toEqual(["gitlab-com/one", "gitlab-com/two"]);
    expect(await causewayHere(["failed"], around)).toMatchObject({ code: 0 });
  });

  it("retry takes ids, and says of each what came of it", async () => {
    const id = await refused("gitlab-com/three");
    expect(await causewayHere(["retry", `${id}.0`, "nonsense"], around)).toMatchObject({
      code: 1,
      stdout: `${id}.0  is sent again\nnonsense  is no message that is stored: finished events are deleted after a while\n`,
    });
    expect(await causewayHere(["retry", id, "nonsense"], around)).toMatchObject({
      code: 2,
      stdout: expect.stringContaining(
        `${id}  is the id of an event, not of one of its messages; their ids: causeway event ${id}\n`,
      ),
    });
    expect(await havingPosted(1)).toEqual(["gitlab-com/three"]);
    expect(await causewayHere(["retry"], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Say which: ids of deliveries"),
    });
  });

  it("replay takes ids, or what was received since, and stops where it cannot go on", async () => {
    const id = await sent("gitlab-com/replayed/four");
    await sent("gitlab-com/replayed/five");
    world.slack.workspace.messages.length = 0;
    expect(await causewayHere(["replay", id], around)).toMatchObject({
      code: 0,
      stdout: `${id}  1 message is on its way\n`,
    });
    expect(await havingPosted(1)).toEqual(["gitlab-com/replayed/four"]);
    const since = ["replay", "--since", "1h", "--project", "gitlab-com/replayed"];
    expect(await causewayHere(since, around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Replay 2 events?"),
    });
    const { json } = await causewayJsonHere<{ items: object[] }>([...since, "--yes"], around);
    expect(json.items).toHaveLength(2);
    expect(await havingPosted(3)).toEqual([
      "gitlab-com/replayed/four",
      "gitlab-com/replayed/four",
      "gitlab-com/replayed/five",
    ]);
    const to = ["replay", id, "--to", "support", "--to", "nobody"];
    expect(await causewayHere(to, around)).toMatchObject({
      stdout: `${id}  1 message is on its way\n`,
    });
    expect(await causewayHere(["replay", id, "--to", "nobody"], around)).toMatchObject({
      code: 0,
      stdout: `${id}  nothing is sent: no rule sends it to nobody today\n`,
    });
    expect(await havingPosted(4)).toHaveLength(4);
    expect(await causewayHere(["replay", id, "--as-it-was"], around)).toMatchObject({
      stdout: `${id}  1 message is on its way\n`,
    });
    expect(await havingPosted(5)).toHaveLength(5);
    const test = ["replay", id, "--test", "support", "--by", "amina"];
    expect(await causewayHere(test, around)).toMatchObject({
      stdout: `${id}  1 message is on its way\n`,
    });
    expect(await havingPosted(6)).toHaveLength(6);
    expect(JSON.stringify(world.slack.workspace.messages.at(-1)?.blocks)).toContain("by amina");
    expect(await causewayHere(["replay", "nonsense"], around)).toMatchObject({ code: 2 });
    expect(await causewayHere(["replay", id, "nonsense", id], around)).toMatchObject({
      code: 5,
      stderr: expect.stringContaining(
        "Replaying: 1 of 3 done, then it stopped. There is no such event",
      ),
    });
  });
});

describe("causeway pause, resume and discard", () => {
  it("hold a queue back, say who and why, and let it go on in order", async () => {
    expect(await causeway(["pause", "support"], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--message"),
    });
    expect(await causewayHere(["pause", "suport", "-m", "x"], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no destination "suport"'),
    });
    expect(await causewayHere(["resume", "suport"], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no destination "suport"'),
    });
    expect(await causewayHere(["pause", "support", "-m", "it moves"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("causeway resume support"),
    });
    const id = await world.send(fixture("issue.open", "gitlab-com/six"));
    await world.send(fixture("issue.close", "gitlab-com/seven"));
    const failed = await causewayHere(["failed"], around);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain("support is paused by amina: it moves (2 messages wait)\n");
    expect(failed.stdout).toContain("causeway resume support");
    expect(await causeway(["problems"], around)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("paused by amina: it moves"),
    });
    expect(await causewayHere(["event", id], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        "It waits for support, which is paused (paused by amina: it moves).",
      ),
    });
    expect(posted()).toEqual([]);
    expect(await causeway(["resume", "support"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("support goes on"),
    });
    expect(await havingPosted(2)).toEqual(["gitlab-com/six", "gitlab-com/seven"]);
    expect(await causewayHere(["resume", "support"], around)).toMatchObject({
      code: 0,
      stdout: "support was not paused.\n",
    });
  });

  it("give up what nobody wants any more", async () => {
    const id = await world.send(fixture("issue.open", "gitlab-com/archived"));
    await stuckAt("hook");
    expect(await causewayHere(["failed"], around)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /causeway resume hook {5}\(tries it at once\)\n {2}Should nobody want/,
      ),
    });
    const discard = ["discard", "hook", "-m", "never made"];
    expect(await causewayHere(discard, around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Give up everything that waits for hook?"),
    });
    expect(await causeway([...discard, "--yes"], around)).toMatchObject({
      code: 0,
      stdout: "1 delivery to hook given up.\n",
    });
    expect(await causewayHere(["event", id], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("It was not posted to hook: given up by amina: never made."),
    });
    expect(await causewayHere(["problems"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("No problems"),
    });
  });
});

describe("what can be seen of it", () => {
  const broken = { rules: [{ name: "All", on: "issue.*", to: 7 }] };

  it("problems names documents in KV that nothing has read yet, and why it matters where it is", async () => {
    await world.kv.put("mapping/gitlab/unread", JSON.stringify(broken));
    const { code, json } = await causewayJsonHere<{ items: object[]; kv: object[] }>(
      ["problems"],
      around,
    );
    expect(code).toBe(1);
    expect(json).toMatchObject({ items: [], kv: [{ code: "document_unusable" }] });
    expect(await causewayHere(["problems"], around)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("mapping/gitlab/unread cannot be used: "),
    });
    await world.kv.delete("mapping/gitlab/unread");
  });

  it("events says which failed messages its state hides, and what an empty list was asked for", async () => {
    await world.kv.put(
      "mapping/gitlab/both",
      JSON.stringify({
        rules: [{ name: "All", on: "*", to: ["support", "gone", "unset"], message: "m" }],
      }),
    );
    await world.kv.put(
      "destination/unset",
      JSON.stringify({ type: "workflow", url: "secret:NOT_SET_URL", variables: [] }),
    );
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
    const id = await world.send(fixture("issue.open", "both/x"));
    await stuckAt("support");
    await stuckAt("unset");
    expect(
      await causewayHere(["events", "--state", "failed", "--project", "both"], around),
    ).toEqual({
      code: 0,
      stdout: "Nothing matches --state failed --project both.\n",
      stderr: expect.stringContaining("causeway deliveries --state failed"),
    });
    expect(await causewayHere(["deliveries", "--destination", "nosuch"], around)).toMatchObject({
      code: 0,
      stdout: "Nothing matches --destination nosuch.\n",
    });
    const { stdout } = await causewayHere(["event", id], around);
    expect(stdout).toContain("Nothing was posted yet.");
    expect(stdout).toMatch(/ {2}not sent {2}the Worker has no secret NOT_SET_URL/);
    // It is sent where it failed, and nowhere else.
    const failed = await causewayHere(["failed"], around);
    expect(failed.stdout).toContain(`causeway replay ${id} --to support\n`);
  });

  it("send waits no longer for what is paused, and says that nothing arrived", async () => {
    const began = Date.now();
    const sent = await causewayHere(
      ["send", "issue.open", "--project", "gitlab-com/archived", "--wait", "20"],
      around,
    );
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(sent.code).toBe(0);
    expect(sent.stdout).toContain("Nothing was posted yet.\n  It waits for hook, which is paused");
    const args = ["send", "issue.open", "--project", "gitlab-com/archived", "--wait", "0"];
    expect(await causewayHere(args, around)).toMatchObject({ code: 0 });
  });
});
