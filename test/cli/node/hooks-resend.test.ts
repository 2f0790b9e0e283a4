import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { startHookWorld, WRONG_TOKEN } from "./hook-world.ts";

const setting = await startHookWorld();
afterAll(() => setting.stop());
beforeEach(() => setting.clear());

const { world, gitlab, around, make, open, received, loseAnswers } = setting;
const { hooks, sent } = gitlab.webhooks;

describe("hooks resend", () => {
  it("has sent again what did not arrive, and nothing else", async () => {
    await make({ signing_token: WRONG_TOKEN });
    for (let count = 0; count < 3; count += 1) await open();
    await causeway(["hooks", "create", "acme/site", "--yes"], around);
    await open();
    loseAnswers(true);
    await open();
    loseAnswers(false);
    await open();
    const before = await received();

    const dry = await causeway(["hooks", "resend", "acme/site", "--dry-run"], around);
    expect(dry.stdout).toMatch(
      /^3 to be sent again[^\n]*1 failed for GitLab and arrived all the same\.\n( +\d+ .* issue_hooks +401 .*\n){3}$/,
    );
    expect(await received()).toBe(before);
    const later = await causeway(["hooks", "resend", "acme/site", "--since", "2099-01-01"], around);
    expect(later.stdout).toBe("Nothing is missing: all that GitLab has on its list arrived.\n");

    const busy = new Response("{}", { status: 429, headers: { "retry-after": "1" } });
    gitlab.faults.push({ method: "POST", answer: busy });
    const done = await causeway(["hooks", "resend", "acme/site"], around);
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining("3 of 3 sent again.")]);
    expect(done.stderr).toBe("GitLab asks to wait 1 second …\n");
    expect(await received()).toBe(before + 3);
    await world.settled();

    const again = await causewayJson<object>(["hooks", "resend", "acme/site"], around);
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
    const stopped = await causeway(args, around);
    expect([stopped.code, stopped.stdout]).toEqual([
      5,
      expect.stringMatching(/0 of 3 sent again\.\n2 failed again: 401[^]*Stopped with 1 left/),
    ]);
    if (hook !== undefined) hook.failures = 40;
    const disabled = await causeway(args, around);
    expect([disabled.code, disabled.stderr]).toEqual([
      3,
      expect.stringContaining(`First: causeway hooks enable acme/failing ${id}`),
    ]);
  });

  it("says which webhooks there are, and what is no time", async () => {
    const [first, second] = [await make(), await make()];
    const which = await causeway(["hooks", "resend", "acme/site"], around);
    expect([which.code, which.stderr]).toEqual([
      2,
      expect.stringContaining(`say which: ${first}, ${second}.`),
    ]);
    const none = await causeway(["hooks", "resend", "acme/site", "999"], around);
    expect(none.stderr).toContain("has no webhook 999 that sends to");
    const since = await causeway(
      ["hooks", "resend", "acme/site", `${first}`, "--since", "soon"],
      around,
    );
    expect([since.code, since.stderr]).toEqual([2, expect.stringContaining('"soon" is no time')]);
  });
});

describe("hooks enable", () => {
  it("is what hooks create asks for where a webhook is disabled", async () => {
    const id = await make();
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 40;
    const { stdout } = await causeway(["hooks", "create", "acme/site", "--yes"], around);
    expect(stdout).toContain(
      `It is disabled by GitLab, which this does not change: causeway hooks enable acme/site ${id}`,
    );
  });

  it("has GitLab try it, with an event that no rule wants", async () => {
    const id = await make();
    const [hook] = hooks;
    if (hook !== undefined) hook.failures = 40;
    const messages = world.slack.workspace.messages.length;
    const { code, stdout } = await causeway(["hooks", "enable", "acme/site"], around);
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
        /test of webhook \d+ of acme\/site failed[^]*No valid signature or token[^]*Test button/,
      ),
    ]);
  });
});
