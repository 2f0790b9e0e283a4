import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
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
    const { code, stdout } = await causeway(["failed"], around);
    expect(code).toBe(1);
    expect(stdout).toContain("2 deliveries to support failed: invalid_blocks\n  invalid_blocks");
    expect(stdout).toContain("→ Slack takes this message in no form. Correct the rule's message");
    expect(stdout).toContain(`causeway replay ${ids.join(" ")}\n`);
    expect(await causeway(["event", ids[0] ?? ""], around)).toMatchObject({
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
    expect(await causeway(["event", id], around)).toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining("It was not posted"),
    });
    expect(await failedEvents()).not.toContain(id);
    await refused("gitlab-com/one");
  });

  it("retry asks first, leaves out what would be refused again, and does what is named", async () => {
    expect(await causeway(["retry", "--all"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("There is nothing that a retry helps."),
    });
    const named = ["retry", "--destination", "support", "--cause", "invalid_blocks"];
    expect(await causeway(named, around)).toMatchObject({
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
    expect(await causeway(["failed"], around)).toMatchObject({ code: 0 });
  });

  it("retry takes ids, and says of each what came of it", async () => {
    const id = await refused("gitlab-com/three");
    expect(await causeway(["retry", `${id}.0`, "nonsense"], around)).toMatchObject({
      code: 1,
      stdout: `${id}.0  is sent again\nnonsense  is not stored: finished events are deleted after a while\n`,
    });
    expect(await havingPosted(1)).toEqual(["gitlab-com/three"]);
    expect(await causeway(["retry"], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Say which: ids of deliveries"),
    });
  });

  it("replay takes ids, or what was received since, and stops where it cannot go on", async () => {
    const id = await sent("gitlab-com/replayed/four");
    await sent("gitlab-com/replayed/five");
    world.slack.workspace.messages.length = 0;
    expect(await causeway(["replay", id], around)).toMatchObject({
      code: 0,
      stdout: `${id}  1 message is on its way\n`,
    });
    expect(await havingPosted(1)).toEqual(["gitlab-com/replayed/four"]);
    const since = ["replay", "--since", "1h", "--project", "gitlab-com/replayed"];
    expect(await causeway(since, around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Replay 2 events?"),
    });
    const { json } = await causewayJson<{ items: object[] }>([...since, "--yes"], around);
    expect(json.items).toHaveLength(2);
    expect(await havingPosted(3)).toEqual([
      "gitlab-com/replayed/four",
      "gitlab-com/replayed/four",
      "gitlab-com/replayed/five",
    ]);
    expect(await causeway(["replay", id, "nonsense", id], around)).toMatchObject({
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
    expect(await causeway(["pause", "suport", "-m", "x"], around)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is no destination "suport"'),
    });
    expect(await causeway(["pause", "support", "-m", "it moves"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("causeway resume support"),
    });
    const id = await world.send(fixture("issue.open", "gitlab-com/six"));
    await world.send(fixture("issue.close", "gitlab-com/seven"));
    const said = await Promise.all(
      [["failed"], ["problems"], ["event", id]].map((args) => causeway(args, around)),
    );
    expect(said.map(({ code }) => code)).toEqual([1, 1, 0]);
    const [failed, problems, event] = said.map(({ stdout }) => stdout);
    expect(failed).toContain("support is paused, 2 deliveries wait: paused_by_person");
    expect(failed).toContain("causeway resume support");
    expect(problems).toContain("paused by amina: it moves");
    expect(event).toContain("It waits for support, which is paused (paused by amina: it moves).");
    expect(posted()).toEqual([]);
    expect(await causeway(["resume", "support"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("support goes on"),
    });
    expect(await havingPosted(2)).toEqual(["gitlab-com/six", "gitlab-com/seven"]);
    expect(await causeway(["resume", "support"], around)).toMatchObject({
      code: 0,
      stdout: "support was not paused.\n",
    });
  });

  it("give up what nobody wants any more", async () => {
    const id = await world.send(fixture("issue.open", "gitlab-com/archived"));
    expect(await causeway(["failed"], around)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('causeway discard hook -m "…"'),
    });
    const discard = ["discard", "hook", "-m", "never made"];
    expect(await causeway(discard, around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Give up everything that waits for hook?"),
    });
    expect(await causeway([...discard, "--yes"], around)).toMatchObject({
      code: 0,
      stdout: "1 delivery to hook given up.\n",
    });
    expect(await causeway(["event", id], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("It was not posted to hook: discarded by amina: never made."),
    });
    expect(await causeway(["problems"], around)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("No problems"),
    });
  });
});
