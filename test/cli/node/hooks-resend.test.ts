import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { causeway } from "./causeway.ts";
import { startHookWorld, WRONG_TOKEN } from "./hook-world.ts";
import { causewayHere, causewayJsonHere } from "./run-here.ts";

const setting = await startHookWorld();
afterAll(() => setting.stop());
beforeEach(() => setting.clear());

const { world, gitlab, around, make, open, received, loseAnswers } = setting;
const { hooks, sent } = gitlab.webhooks;

describe("hooks resend", () => {
  it("has sent again what did not arrive, and nothing else", async () => {
    await make({ signing_token: WRONG_TOKEN });
    for (let count = 0; count < 3; count += 1) await open();
    await causewayHere(["hooks", "create", "acme/site", "--renew-token", "--yes"], around);
    await open();
    loseAnswers(true);
    await open();
    loseAnswers(false);
    await open();
    const before = await received();

    const dry = await causewayHere(["hooks", "resend", "acme/site", "--dry-run"], around);
    expect(dry.stdout).toMatch(
      /^3 to be sent again[^\n]*1 failed for GitLab and arrived all the same\.\n( +\d+ .* issue_hooks +401 .*\n){3}If the token was not set anew since: causeway hooks create acme\/site --renew-token\n$/,
    );
    expect(await received()).toBe(before);
    const later = await causewayHere(["hooks", "resend", "acme/site", "--since", "0m"], around);
    expect(later.stdout).toBe("Nothing is missing: all that GitLab has on its list arrived.\n");

    const busy = new Response("{}", { status: 429, headers: { "retry-after": "1" } });
    gitlab.faults.push({ method: "POST", answer: busy });
    const done = await causeway(["hooks", "resend", "acme/site"], around);
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining("3 of 3 sent again.")]);
    expect(done.stderr).toBe("GitLab asks to wait 1 second …\n");
    expect(await received()).toBe(before + 3);
    await world.settled();

    const again = await causewayJsonHere<object>(["hooks", "resend", "acme/site"], around);
    expect([again.code, again.json]).toMatchObject([0, { lost: [], resent: [], arrived: 4 }]);
    expect(await received()).toBe(before + 3);
  });

  it("stops before GitLab disables the webhook, and says what to do about one that is", async () => {
    const id = await make({ signing_token: WRONG_TOKEN }, "projects/acme%2Ffailing");
    const args = ["hooks", "resend", "acme/failing"];
    for (let count = 0; count < 3; count += 1) {
      await open("acme/failing");
    }
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 0;
    const stopped = await causewayHere(args, around);
    expect([stopped.code, stopped.stdout]).toEqual([
      5,
      expect.stringMatching(/0 of 3 sent again\.\n2 failed again: 401[^]*Stopped with 1 left/),
    ]);
    if (hook !== undefined) hook.failures = 40;
    const disabled = await causewayHere([...args, "--url", world.url], around);
    expect([disabled.code, disabled.stderr]).toEqual([
      3,
      expect.stringContaining(`First: causeway hooks enable acme/failing ${id} --url ${world.url}`),
    ]);
  });

  it("says what was sent and what is left when GitLab will not go on", async () => {
    await make({ signing_token: WRONG_TOKEN });
    for (let count = 0; count < 3; count += 1) await open();
    await causewayHere(["hooks", "create", "acme/site", "--renew-token", "--yes"], around);
    const closed = Response.json({ message: "403 Forbidden" }, { status: 403 });
    gitlab.faults.push({ method: "POST" }, { method: "POST", answer: closed });
    const { code, json } = await causewayJsonHere<object>(["hooks", "resend", "acme/site"], around);
    expect([code, json]).toMatchObject([
      5,
      {
        resent: [{ status: "202" }],
        left: 2,
        brokenOff: { code: "gitlab_forbidden", message: expect.stringContaining("Maintainer") },
      },
    ]);
    gitlab.faults.push(
      { method: "POST" },
      { method: "POST", answer: new Response("", { status: 502 }) },
    );
    const again = await causewayHere(["hooks", "resend", "acme/site"], around);
    expect([again.code, again.stdout]).toEqual([
      5,
      expect.stringMatching(
        /^1 of 2 sent again[^]*Stopped with 1 left\. GitLab failed \(502\)[^]*Run this again/,
      ),
    ]);
  });

  it("takes a log that holds a header which no request can carry", async () => {
    await make({ signing_token: WRONG_TOKEN });
    await open();
    const [event] = [...sent.values()].at(-1) ?? [];
    Object.assign(event?.request_headers ?? {}, { "X-Team": "Команда" });
    const args = ["hooks", "resend", "acme/site", "--dry-run"];
    const { code, json } = await causewayJsonHere<object>(args, around);
    expect([code, json]).toMatchObject([0, { lost: [{ status: "401" }] }]);
  });

  it("says which webhooks there are, and what is no time", async () => {
    const [first, second] = [await make(), await make()];
    const which = await causewayHere(["hooks", "resend", "acme/site"], around);
    expect([which.code, which.stderr]).toEqual([
      2,
      expect.stringContaining(`say which: ${first}, ${second}.`),
    ]);
    const none = await causewayHere(["hooks", "resend", "acme/site", "999"], around);
    expect(none.stderr).toContain("has no webhook 999 that sends to");
    const since = await causewayHere(
      ["hooks", "resend", "acme/site", `${first}`, "--since", "soon"],
      around,
    );
    expect([since.code, since.stderr]).toEqual([
      2,
      expect.stringContaining('--since is "soon"; expected how long ago'),
    ]);
  });
});

describe("hooks enable", () => {
  it("is what hooks create asks for where a webhook is disabled", async () => {
    const id = await make();
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 40;
    const { stdout } = await causewayHere(["hooks", "create", "acme/site", "--yes"], around);
    expect(stdout).toContain(
      `It is disabled by GitLab, which this does not change: causeway hooks enable acme/site ${id}`,
    );
  });

  it("has GitLab try it, with an event that no rule wants", async () => {
    const id = await make();
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 40;
    const messages = world.slack.workspace.messages.length;
    const { code, stdout } = await causewayHere(["hooks", "enable", "acme/site"], around);
    expect([code, stdout]).toEqual([
      0,
      `The test of webhook ${id} of acme/site arrived (push_events). It was: disabled by GitLab. It is: ok.\n`,
    ]);
    await world.settled();
    expect(world.slack.workspace.messages).toHaveLength(messages);
    expect(hook === undefined ? [] : sent.get(hook)).toMatchObject([{ response_status: "202" }]);
  });

  it("says why it did not work", async () => {
    await make({ signing_token: WRONG_TOKEN });
    const { code, stderr } = await causeway(["hooks", "enable", "acme/site"], around);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(
        /test of webhook \d+ of acme\/site came here and was refused[^]*hooks create acme\/site --renew-token/,
      ),
    ]);
  });
});
