import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import { deriveHookSecret } from "../../../src/gitlab/hook-secret.ts";
import { causeway, causewayJson } from "./causeway.ts";
import { configuration } from "./configuration.ts";
import { causewayHere, causewayJsonHere } from "./run-here.ts";
import { serveGitlab } from "./serve-gitlab.ts";
import { fixture, startWorld } from "./world.ts";

const DOCUMENTS = {
  "mapping/gitlab/acme/site": {
    rules: [
      { name: "Opened", on: "issue.open", to: "support" },
      { name: "Broken", on: "pipeline.broken", to: "support" },
    ],
  },
  "mapping/gitlab/gitlab-com/support": {
    rules: [{ name: "Joined", on: ["member.add", "issue.open"], to: "closed" }],
  },
  "mapping/gitlab/gitlab-com/support/tools": {
    rules: [{ name: "Released", on: "release.create", to: "support" }],
  },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
  "destination/closed": { type: "channel", channel: "C0000000002", confidential: true },
};

const dir = configuration(DOCUMENTS);
const world = await startWorld(DOCUMENTS);
const { hooks, fire } = world.gitlab.webhooks;
afterAll(() => world.stop());
beforeEach(() => {
  hooks.length = 0;
  world.gitlab.faults.length = 0;
});

const around = { env: world.env, cwd: dir };
const issue = () => JSON.parse(fixture("issue.open", "acme/site")) as object;
const post = async (path: string, fields: object, gitlab = world.env["GITLAB_URL"] ?? "") =>
  (await (
    await fetch(`${gitlab}/api/v4/${path}/hooks`, {
      method: "POST",
      headers: { authorization: "Bearer glpat-test", "content-type": "application/json" },
      body: JSON.stringify(fields),
    })
  ).json()) as { id: number };
const SITE = "projects/acme%2Fsite";

describe("hooks create", () => {
  it("makes a webhook that sends what the rules need, signed, and the Worker takes it", async () => {
    const made = await causeway(["hooks", "create", "acme/site", "--yes"], around);
    expect(made.stderr).toBe("");
    expect(made.stdout).toContain(
      "Made webhook 1 of the project acme/site: issues_events, pipeline_events",
    );
    expect(made.code).toBe(0);
    const token = deriveHookSecret("test-master-secret", "acme/site");
    expect(made.stdout + made.stderr).not.toContain(token);
    expect(hooks).toMatchObject([
      {
        owner: "project",
        path: "acme/site",
        url: `${world.url}/gitlab/webhooks/acme/site`,
        signingToken: token,
        token: "",
        sslVerification: true,
      },
    ]);
    const on = Object.entries(hooks[0]?.flags ?? {}).flatMap(([flag, is]) => (is ? [flag] : []));
    expect(on).toEqual(["issues_events", "pipeline_events"]);

    const [sent] = await fire("acme/site", "issues_events", issue());
    expect(sent).toMatchObject({ response_status: "202", trigger: "issue_hooks" });
    await world.settled();
    expect(world.slack.workspace.messages).toHaveLength(1);
  });

  it("changes the one that is there, and never makes a second", async () => {
    const { id } = await post(SITE, {
      url: `${world.url}/gitlab/webhooks/Acme/Site/`,
      token: "old",
      enable_ssl_verification: false,
      push_events: true,
      issues_events: true,
    });
    const { code, json } = await causewayJsonHere<object>(
      ["hooks", "create", "acme/site", "--yes"],
      around,
    );
    expect([code, json]).toMatchObject([
      0,
      {
        action: "update",
        done: true,
        id,
        changes: [
          "its URL",
          "+ pipeline_events",
          "- push_events",
          "+ SSL verification",
          "its token",
        ],
        token: "signing_token",
      },
    ]);
    expect(hooks).toMatchObject([{ token: "", sslVerification: true }]);
    expect((await fire("acme/site", "issues_events", issue()))[0]?.response_status).toBe("202");
    const again = await causewayHere(["hooks", "create", "acme/site", "--yes"], around);
    expect([again.code, hooks.length]).toEqual([0, 1]);
  });

  it("changes nothing where nothing differs, and sets the token again when asked", async () => {
    await causewayHere(["hooks", "create", "acme/site", "--yes"], around);
    const [hook] = hooks;
    const token = hook?.signingToken;
    if (hook !== undefined) hook.signingToken = deriveHookSecret("nobody's", "acme/site");
    const wrong = hook?.signingToken;
    const again = ["hooks", "create", "acme/site", "--dir", dir, "--url", world.url];
    const { code, stdout, stderr } = await causewayHere(again, around);
    expect([code, stderr, hook?.signingToken]).toEqual([0, "", wrong]);
    expect(stdout).toContain(
      `Nothing to change about webhook ${hook?.id} of the project acme/site: issues_events, pipeline_events\n`,
    );
    const renew = `hooks create acme/site --renew-token --dir ${dir} --url ${world.url}`;
    expect(stdout).toContain(`refused (401): causeway ${renew}\n`);
    const { json } = await causewayJsonHere<object>(again, around);
    expect(json).toMatchObject({ action: "none", done: false, changes: [], token: null });

    const dry = await causewayHere([...again, "--renew-token", "--dry-run"], around);
    expect(dry.stdout).toContain("  changes its token\n");
    const renewed = await causewayHere([...renew.split(" "), "--yes"], around);
    expect([renewed.code, hook?.signingToken]).toEqual([0, token]);
    expect(renewed.stdout).toContain(`Set the token again of webhook ${hook?.id} of the project`);
  });

  it("only says what it would do with --dry-run, and asks before it does it", async () => {
    const dry = await causewayHere(["hooks", "create", "acme/site", "--dry-run"], around);
    expect(dry.stdout).toBe(
      `${[
        "A new webhook for the project acme/site:",
        `  URL     ${world.url}/gitlab/webhooks/acme/site`,
        "  events",
        "    issues_events    for Opened",
        "    pipeline_events  for Broken",
        "Nothing was changed (--dry-run).",
      ].join("\n")}\n`,
    );
    const asked = await causewayHere(["hooks", "create", "acme/site"], around);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining("Add --yes to do it")]);
    expect(hooks).toEqual([]);
  });

  it("finds out what is a group, whose webhook serves all that is below", async () => {
    const args = ["hooks", "create", "gitlab-com/support", "--yes"];
    const { json } = await causewayJsonHere<{ events: { flag: string }[] }>(args, around);
    expect(json).toMatchObject({ action: "create", group: "gitlab-com/support" });
    expect(json.events.map(({ flag }) => flag).toSorted()).toEqual([
      "confidential_issues_events",
      "issues_events",
      "member_events",
      "releases_events",
    ]);
    expect(hooks).toMatchObject([{ owner: "group", path: "gitlab-com/support" }]);

    const below = ["hooks", "create", "gitlab-com/support/tools", "--yes"];
    const nothing = await causewayHere(below, around);
    expect([nothing.code, nothing.stdout]).toEqual([0, expect.stringContaining("Nothing to do")]);
    expect(nothing.stdout).toContain("releases_events comes from the group gitlab-com/support");
    expect(hooks).toHaveLength(1);
  });

  it("gives a GitLab before 19 the same token as a plain one", async () => {
    const gitlab = await serveGitlab({ version: "18.11.2" });
    const env = { ...world.env, GITLAB_URL: gitlab.url };
    const args = ["hooks", "create", "acme/site", "--yes"];
    const { stdout } = await causewayHere(args, { ...around, env });
    expect(stdout).toContain("This GitLab does not sign webhooks (that takes version 19)");
    expect(gitlab.webhooks.hooks).toMatchObject([
      { token: deriveHookSecret("test-master-secret", "acme/site"), signingToken: "" },
    ]);
    const [sent] = await gitlab.webhooks.fire("acme/site", "issues_events", issue());
    expect(sent?.response_status).toBe("202");
    expect(sent?.request_headers["X-Gitlab-Token"]).toBe("[REDACTED]");
    gitlab.stop();
  });

  test.for<[what: string, args: string[], env: Record<string, string>, code: number, says: string]>(
    [
      [
        "an unknown path",
        ["acme/gone-missing"],
        {},
        3,
        'shows the owner of GITLAB_TOKEN no project or group "acme/gone-missing"',
      ],
      [
        "a path without rules",
        [
          "acme/other",
          "--dir",
          configuration({ "destination/a": DOCUMENTS["destination/closed"] }),
        ],
        {},
        3,
        "No rule applies to acme/other",
      ],
      [
        "a project without the role",
        [
          "acme/site-locked",
          "--dir",
          configuration({ "mapping/gitlab/acme": DOCUMENTS["mapping/gitlab/acme/site"] }),
        ],
        {},
        3,
        "the role Maintainer",
      ],
      [
        "an address of another GitLab",
        ["https://elsewhere.example.com/acme"],
        {},
        2,
        "is no address of the GitLab at",
      ],
      ["no path", ["acme site"], {}, 2, "is not the path of a project or group"],
      ["no token", ["acme/site"], { GITLAB_TOKEN: "" }, 2, "Set GITLAB_TOKEN to an access token"],
      [
        "a wrong token",
        ["acme/site"],
        { GITLAB_TOKEN: "glpat-expired" },
        3,
        "does not take GITLAB_TOKEN",
      ],
      [
        "a GitLab without https",
        ["acme/site"],
        { GITLAB_URL: "http://gitlab.example.com" },
        2,
        "not encrypted",
      ],
      [
        "a GitLab that cannot reach the Worker",
        ["acme/site"],
        { GITLAB_URL: "https://gitlab.example.com" },
        2,
        "which is this machine",
      ],
      [
        "a GitLab that is not there",
        ["acme/site"],
        { GITLAB_URL: "http://127.0.0.1:9" },
        3,
        "cannot be reached",
      ],
      [
        "something that is not GitLab",
        ["acme/site"],
        { GITLAB_URL: world.url },
        3,
        "no project or group",
      ],
      [
        "a folder without configuration",
        ["acme/site", "--dir", "/dev"],
        {},
        2,
        "holds no configuration",
      ],
      [
        "a configuration with a mistake",
        ["acme/site", "--dir", configuration({ "mapping/gitlab/a": { rules: 1 } })],
        {},
        1,
        "mapping/gitlab/a.yaml:1",
      ],
    ],
  )("says what is wrong: %s", async ([, args, env, code, says]) => {
    const answer = await causewayHere(["hooks", "create", ...args, "--yes"], {
      ...around,
      env: { ...world.env, ...env },
    });
    expect([answer.code, answer.stderr]).toEqual([code, expect.stringContaining(says)]);
    expect(answer.stdout + answer.stderr).not.toMatch(/glpat-|whsec_|\n\s+at /);
    expect(hooks).toEqual([]);
  });

  it("waits when GitLab asks for it, and passes on what GitLab says", async () => {
    world.gitlab.faults.push({
      answer: new Response("{}", { status: 429, headers: { "retry-after": "1" } }),
    });
    const dry = await causewayHere(["hooks", "create", "acme/site", "--dry-run"], around);
    expect([dry.code, dry.stderr]).toEqual([0, "GitLab asks to wait 1 second …\n"]);
    world.gitlab.faults.push({
      method: "POST",
      answer: Response.json(
        { message: { url: ["is blocked: Requests to the local network are not allowed"] } },
        { status: 422 },
      ),
    });
    const refused = await causewayHere(["hooks", "create", "acme/site", "--yes"], around);
    expect([refused.code, refused.stderr]).toEqual([
      3,
      "error: GitLab refused this (422). It says: url is blocked: Requests to the local network are not allowed.\n",
    ]);
  });
});

describe("hooks list", () => {
  it("shows what sends here, and of others only the host", async () => {
    await causewayHere(["hooks", "create", "acme/site", "--yes"], around);
    const secret = "https://hooks.slack.com/services/T0/B0/not-to-be-shown";
    await post(SITE, { url: secret });
    const args = ["hooks", "list", "acme/site"];
    const { stdout } = await causewayHere(args, around);
    expect(stdout).toMatch(
      /project acme\/site +http.*\/gitlab\/webhooks\/acme\/site +ok +issues, pipeline\n1 more goes elsewhere/,
    );
    const all = await causewayJson<{ items: object[] }>([...args, "--all"], around);
    expect(all.json.items).toMatchObject([
      { ours: true, events: ["issues_events", "pipeline_events"], signed: true },
      { ours: false, url: "https://hooks.slack.com/…" },
    ]);
    expect(JSON.stringify(all.json)).not.toContain("not-to-be-shown");
  });

  it("takes the paths of the mappings, through all pages of GitLab's", async () => {
    const url = `${world.url}/gitlab/webhooks/acme/site`;
    for (let count = 0; count < 101; count += 1) await post(SITE, { url });
    const { json } = await causewayJsonHere<{ items: object[] }>(["hooks", "list"], around);
    expect(json.items).toHaveLength(101);
  });

  it("takes addresses, and says what it could not look at", async () => {
    const { id } = await post(SITE, { url: `${world.url}/gitlab/webhooks/acme/site` });
    const gitlab = world.env["GITLAB_URL"];
    const args = [`${gitlab}/Acme/site/-/issues?scope=all`, `${gitlab}/groups/acme/-/hooks`];
    const none = Response.json({ error: "404 Not Found" }, { status: 404 });
    // The project, the group, and the project's hooks are there; the group's are not.
    world.gitlab.faults.push({}, {}, {}, { answer: none });
    const found = await causewayJsonHere<object>(["hooks", "list", ...args], around);
    expect([found.code, found.json]).toMatchObject([
      0,
      { items: [{ id }], skipped: [{ path: "acme", hidden: false }] },
    ]);
    const closed = ["hooks", "list", "acme/gone-missing", "acme/site-locked", "acme/site"];
    const { code, stdout } = await causewayHere(closed, around);
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(
        /project acme\/site [^]*Not looked at:\n {2}acme\/gone-missing: .*\n {2}acme\/site-locked: /,
      ),
    ]);
  });

  it("says so when there is none, or no path", async () => {
    const none = await causewayHere(["hooks", "list", "acme/site"], around);
    expect(none.stdout).toBe(`No webhook sends to ${world.url}.\n`);
    const nowhere = await causewayHere(["hooks", "list"], { env: world.env });
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("Name the paths")]);
  });
});
