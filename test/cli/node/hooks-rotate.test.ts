import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { causeway } from "./causeway.ts";
import { NEW_TOKEN, OLD_TOKEN, startHookWorld } from "./hook-world.ts";
import { startWorld } from "./world.ts";

const setting = await startHookWorld();
afterAll(() => setting.stop());
beforeEach(() => setting.clear());

const { world, gitlab, around, make, open } = setting;
const { hooks } = gitlab.webhooks;

describe("hooks rotate", () => {
  it("gives each webhook the token of the first master secret, while both are good", async () => {
    await make({ signing_token: OLD_TOKEN });
    await make({ url: `${world.url}/gitlab/webhooks`, signing_token: OLD_TOKEN });
    await make({ url: "https://elsewhere.example.com/", signing_token: OLD_TOKEN });
    expect((await open())[0]?.response_status).toBe("202");
    const { code, stdout, stderr } = await causeway(["hooks", "rotate"], around);
    expect(stderr).toMatch(
      /acme\/site, webhook \d+: new signing token\n.*left alone, for it has the address that all share/,
    );
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^1 done, 1 left alone\.[^]*with the new one alone/),
    ]);
    expect(hooks.map(({ signingToken }) => signingToken)).toEqual([
      NEW_TOKEN,
      OLD_TOKEN,
      OLD_TOKEN,
    ]);
    expect((await open())[0]?.response_status).toBe("202");
    expect(stdout + stderr).not.toMatch(/whsec_|glpat-/);
  });

  it("says what is done when it is broken off, and can be run again", async () => {
    const ids = [
      await make({ signing_token: OLD_TOKEN }),
      await make({ signing_token: OLD_TOKEN }),
    ];
    const down = () => ({ method: "PUT" as const, answer: new Response("", { status: 502 }) });
    gitlab.faults.push({ method: "PUT" }, down());
    const broken = await causeway(["hooks", "rotate", "acme/site"], around);
    expect([broken.code, broken.stderr]).toEqual([
      5,
      expect.stringContaining(
        `GitLab failed (502). Try again later.\nDone: acme/site ${ids[0]}.\nNot done: acme/site ${ids[1]}.\n`,
      ),
    ]);
    expect(hooks.map(({ signingToken }) => signingToken)).toEqual([NEW_TOKEN, OLD_TOKEN]);
    const again = await causeway(["hooks", "rotate", "acme/site"], around);
    expect([again.code, hooks.map(({ signingToken }) => signingToken)]).toEqual([
      0,
      [NEW_TOKEN, NEW_TOKEN],
    ]);
  });

  it("refuses while there is one master secret only, unless it is forced", async () => {
    const single = await startWorld({}, { HOOK_MASTER_SECRETS: "new-master" });
    const url = `${single.url}/gitlab/webhooks/acme/site`;
    await make({ url, signing_token: OLD_TOKEN });
    const only = { ...around, env: { ...around.env, CAUSEWAY_URL: single.url } };
    const refused = await causeway(["hooks", "rotate"], only);
    expect([refused.code, refused.stderr]).toEqual([
      3,
      expect.stringMatching(/one master secret[^]*1\. npx wrangler/),
    ]);
    expect(hooks[0]?.signingToken).toBe(OLD_TOKEN);
    const forced = await causeway(["hooks", "rotate", "--force"], only);
    expect([forced.code, hooks[0]?.signingToken]).toEqual([0, NEW_TOKEN]);
    await single.stop();
  });

  it("needs a master secret", async () => {
    const none = await startWorld({}, { HOOK_MASTER_SECRETS: "" });
    const env = { ...around.env, CAUSEWAY_URL: none.url };
    for (const args of [["rotate"], ["create", "acme/site", "--yes"]]) {
      const refused = await causeway(["hooks", ...args], { ...around, env });
      expect([refused.code, refused.stderr]).toEqual([
        3,
        expect.stringContaining("HOOK_MASTER_SECRETS is not set"),
      ]);
    }
    await none.stop();
  });
});
