import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { causeway } from "./causeway.ts";
import { NEW_TOKEN, OLD_TOKEN, startHookWorld } from "./hook-world.ts";
import { causewayHere, causewayJsonHere } from "./run-here.ts";
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
      expect.stringMatching(
        /^1 done, 1 left alone\.\nLooked at acme\/site, 1 above and below\.\nOnly when no webhook elsewhere[^]*the new one alone as HOOK_MASTER_SECRETS in \.dev\.vars[^]*: causeway hooks doctor\n$/,
      ),
    ]);
    expect(hooks.map(({ signingToken }) => signingToken)).toEqual([
      NEW_TOKEN,
      OLD_TOKEN,
      OLD_TOKEN,
    ]);
    expect((await open())[0]?.response_status).toBe("202");
    expect(stdout + stderr).not.toMatch(/whsec_|glpat-/);
  });

  it("finds the webhooks of the groups above, and of all that is below", async () => {
    const url = (path: string) => `${world.url}/gitlab/webhooks/${path}`;
    const places = [
      ["groups/gitlab-com", "gitlab-com"],
      ["groups/gitlab-com%2Fsupport", "gitlab-com/support"],
      ["groups/gitlab-com%2Fsupport%2Fa-group", "gitlab-com/support/a-group"],
      ["projects/gitlab-com%2Fsupport%2Fa-group%2Ftools", "gitlab-com/support/a-group/tools"],
      ["projects/gitlab-com%2Fother", "gitlab-com/other"],
    ] as const;
    for (const [place, path] of places)
      await make({ url: url(path), signing_token: OLD_TOKEN }, place);
    const args = ["hooks", "rotate", "gitlab-com/support"];
    const { code, json } = await causewayJsonHere<object>(args, around);
    expect([code, json]).toMatchObject([
      0,
      {
        notSeen: [],
        rotated: [
          { path: "gitlab-com/support" },
          { path: "gitlab-com" },
          { path: "gitlab-com/support/a-group" },
          { path: "gitlab-com/support/a-group/tools" },
        ],
      },
    ]);
    expect(hooks.filter(({ signingToken }) => signingToken === OLD_TOKEN)).toMatchObject([
      { path: "gitlab-com/other" },
    ]);
  });

  it("goes on where it may not look, and then drops no secret", async () => {
    await make({ signing_token: OLD_TOKEN });
    const { code, stdout } = await causewayHere(
      ["hooks", "rotate", "acme/site", "acme/site-locked", "acme/gone-missing"],
      around,
    );
    expect([code, hooks[0]?.signingToken]).toEqual([1, NEW_TOKEN]);
    expect(stdout).toMatch(
      /^1 done\.\nLooked at .*\nNot looked at:\n {2}acme\/gone-missing: .*\n {2}acme\/site-locked: .*Maintainer.*\nKeep the old master secret until/,
    );
    expect(stdout).not.toContain("HOOK_MASTER_SECRETS");
  });

  it("says what is done when it is broken off, and can be run again", async () => {
    const ids = [
      await make({ signing_token: OLD_TOKEN }),
      await make({ signing_token: OLD_TOKEN }),
    ];
    const down = () => ({ method: "PUT" as const, answer: new Response("", { status: 502 }) });
    gitlab.faults.push({ method: "PUT" }, down());
    const broken = await causewayHere(["hooks", "rotate", "acme/site"], around);
    expect([broken.code, broken.stderr]).toEqual([
      5,
      expect.stringContaining(
        `GitLab failed (502). Try again later.\nDone: acme/site ${ids[0]}.\nNot done: acme/site ${ids[1]}.\n`,
      ),
    ]);
    expect(hooks.map(({ signingToken }) => signingToken)).toEqual([NEW_TOKEN, OLD_TOKEN]);
    const again = await causewayHere(["hooks", "rotate", "acme/site"], around);
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
    const dir = ["--dir", around.cwd, "--url", single.url];
    const refused = await causewayHere(["hooks", "rotate", ...dir], only);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(
        /one master secret[^]*1\. in \.dev\.vars write HOOK_MASTER_SECRETS=<new> <old>/,
      ),
    ]);
    expect(refused.stderr).toContain(`2. causeway hooks rotate ${dir.join(" ")}   `);
    expect(hooks[0]?.signingToken).toBe(OLD_TOKEN);
    const forced = await causewayHere(["hooks", "rotate", "--force", ...dir], only);
    expect([forced.code, hooks[0]?.signingToken]).toEqual([0, NEW_TOKEN]);
    expect(forced.stdout).toContain("There is one master secret, so nothing is left to do.");
    expect(forced.stdout).toContain(`: causeway hooks doctor ${dir.join(" ")}\n`);
    expect(forced.stdout).not.toMatch(/old|the new one/);
    const left = await causewayHere(["hooks", "rotate", "--force", "acme/site-locked"], only);
    expect(left.stdout).toContain("may have another token, and be refused (401)");
    await single.stop();
  });

  it("needs a master secret", async () => {
    const none = await startWorld({}, { HOOK_MASTER_SECRETS: "" });
    const env = { ...around.env, CAUSEWAY_URL: none.url };
    for (const args of [["rotate"], ["create", "acme/site", "--yes"]]) {
      const refused = await causewayHere(["hooks", ...args], { ...around, env });
      expect([refused.code, refused.stderr]).toEqual([
        3,
        expect.stringMatching(/HOOK_MASTER_SECRETS is not set.*write it into \.dev\.vars/),
      ]);
    }
    await none.stop();
  });
});
