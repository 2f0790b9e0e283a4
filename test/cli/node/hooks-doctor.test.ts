import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Finding } from "../../../src/cli/hooks/finding.ts";
import { causeway } from "./causeway.ts";
import { startHookWorld, WRONG_TOKEN } from "./hook-world.ts";
import { causewayHere, causewayJsonHere } from "./run-here.ts";

const setting = await startHookWorld();
afterAll(() => setting.stop());
beforeEach(() => setting.clear());

const { world, around, make, open } = setting;
const secure = `${world.url.replace("http:", "https:")}/gitlab/webhooks/acme/site`;

describe("hooks doctor", () => {
  async function findings(...args: string[]): Promise<[code: number | null, found: Finding[]]> {
    const { code, json } = await causewayJsonHere<{ findings: Finding[] }>(
      ["hooks", "doctor", ...args],
      around,
    );
    return [code, json.findings];
  }

  it("is content with what hooks create made", async () => {
    await causewayHere(["hooks", "create", "acme/site", "--yes"], around);
    const { code, stdout } = await causewayHere(["hooks", "doctor"], around);
    expect([code, stdout]).toEqual([0, "All is well: acme/site.\n"]);
  });

  it("misses a webhook, a project, and a right", async () => {
    const [code, found] = await findings("acme/site", "acme/gone-missing", "acme/site-locked");
    expect(code).toBe(1);
    expect(found.map(({ code: each, path, command }) => [each, path, command])).toEqual([
      ["no_hook", "acme/site", "causeway hooks create acme/site"],
      ["no_such_place", "acme/gone-missing", null],
      ["not_shown", "acme/site-locked", null],
    ]);
  });

  it("finds what is wrong with each webhook, with what puts it right", async () => {
    const wrong: [fields: object, code: string, level: string, says: RegExp][] = [
      [
        { url: `${world.url}/gitlab/webhooks/acme/old` },
        "wrong_path",
        "error",
        /is for acme\/old, so everything it sends is refused/,
      ],
      [{ url: `${world.url}/gitlab/webhooks/acme` }, "wide_path", "note", /for all of acme/],
      [{ url: `${world.url}/gitlab/webhooks` }, "shared_address", "note", /all webhooks share/],
      [
        { url: "https://old.example.com/gitlab/webhooks/acme/site" },
        "other_worker",
        "warning",
        /old\.example\.com/,
      ],
      [
        { url: secure, enable_ssl_verification: false },
        "tls_verification_off",
        "warning",
        /SSL verification is off/,
      ],
      [{ signing_token: "", token: "plain" }, "plain_token", "warning", /could sign/],
      [{ signing_token: "" }, "no_token", "error", /has no token/],
      [{ job_events: true }, "needless_events", "note", /no rule needs.*job_events/],
      [
        { push_events: true, push_events_branch_filter: "main" },
        "branch_filter",
        "note",
        /of main only/,
      ],
      [
        { custom_webhook_template: '{"a":"{{b}}"}' },
        "custom_template",
        "warning",
        /custom template/,
      ],
    ];
    const ids: number[] = [];
    for (const [fields] of wrong) ids.push(await make(fields));
    const [code, found] = await findings();
    expect(code).toBe(1);
    for (const [index, [, wanted, level, says]] of wrong.entries()) {
      const finding = found.find((each) => each.code === wanted && each.hook === ids[index]);
      expect([wanted, finding]).toMatchObject([
        wanted,
        { level, message: expect.stringMatching(says) },
      ]);
      expect(finding?.fix).not.toBe("");
    }
  });

  it("prints commands that work as they stand, in another folder and for another Worker", async () => {
    const where = ["--dir", around.cwd, "--url", world.url];
    const env = { GITLAB_URL: around.env["GITLAB_URL"] ?? "", GITLAB_TOKEN: "glpat-test" };
    const elsewhere = { env: { ...env, CAUSEWAY_TOKEN: around.env["CAUSEWAY_TOKEN"] ?? "" } };
    const { json } = await causewayJsonHere<{ findings: Finding[] }>(
      ["hooks", "doctor", ...where],
      elsewhere,
    );
    const command = json.findings[0]?.command ?? "";
    expect(command).toBe(`causeway hooks create acme/site ${where.join(" ")}`);
    const made = await causewayHere([...command.split(" ").slice(1), "--yes"], elsewhere);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    const { stdout } = await causewayHere(["hooks", "doctor", ...where], elsewhere);
    expect(stdout).toBe("All is well: acme/site.\n");
  });

  it("ends well with warnings alone, unless it is to be strict", async () => {
    await make({ custom_webhook_template: '{"a":"{{b}}"}' });
    const [code, found] = await findings();
    expect([code, found]).toMatchObject([0, [{ code: "custom_template", level: "warning" }]]);
    expect((await findings("--strict"))[0]).toBe(1);
  });

  it("says that SSL verification is off where the URL is http", async () => {
    await make({ enable_ssl_verification: false });
    const [code, found] = await findings("--strict");
    expect([code, found]).toMatchObject([
      0,
      [{ code: "tls_verification_off", level: "note", message: expect.stringContaining("http") }],
    ]);
  });

  it("finds an event that is missing", async () => {
    const id = await make({ issues_events: false, push_events: true });
    const [code, found] = await findings();
    expect([code, found]).toMatchObject([
      1,
      [
        {
          code: "missing_event",
          hook: id,
          message: 'issues_events is off, and "Opened" hears nothing',
          command: "causeway hooks create acme/site",
        },
        { code: "needless_events", level: "note" },
      ],
    ]);
  });

  it("ends well where there are notes only", async () => {
    await make({ job_events: true });
    const [code, found] = await findings();
    expect([code, found]).toMatchObject([0, [{ code: "needless_events", level: "note" }]]);
  });

  it("finds two that both send the same", async () => {
    const [first, second] = [await make(), await make()];
    const above = await make({ url: `${world.url}/gitlab/webhooks/acme` }, "groups/acme");
    const [code, found] = await findings();
    expect(code).toBe(1);
    expect(
      found
        .filter((each) => each.code === "sent_twice")
        .map(({ hook, message }) => [hook, message]),
    ).toEqual([
      [first, expect.stringContaining(`webhook ${second} sends issues_events too`)],
      [
        first,
        expect.stringContaining(`webhook ${above} of the group acme sends issues_events too`),
      ],
      [second, expect.stringContaining(`webhook ${above} of the group acme`)],
    ]);
  });

  it("finds what GitLab is about to disable, and what it did disable", async () => {
    const id = await make({ signing_token: WRONG_TOKEN });
    for (let count = 0; count < 3; count += 1) await open();
    const [, soon] = await findings();
    expect(soon).toMatchObject([
      {
        code: "about_to_be_disabled",
        message: expect.stringContaining("the last 3 deliveries failed"),
      },
      {
        code: "not_delivered",
        message: expect.stringContaining(
          "3 deliveries of the last seven days did not arrive: 3 × 401",
        ),
      },
    ]);
    await open();
    const [, late] = await findings();
    expect(late).toMatchObject([
      {
        code: "disabled",
        message: expect.stringMatching(/disabled by GitLab until .* after 4 failures in a row/),
        command: `causeway hooks enable acme/site ${id}`,
      },
      { code: "not_delivered", command: `causeway hooks resend acme/site ${id}` },
    ]);
    const { code, stdout } = await causeway(["hooks", "doctor"], around);
    expect(code).toBe(1);
    expect(stdout).toContain(`error  acme/site, webhook ${id}: disabled by GitLab until`);
  });

  it("does without rules, and says so", async () => {
    await make({ job_events: true });
    const { code, stderr } = await causewayHere(["hooks", "doctor", "acme/site"], {
      env: around.env,
    });
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("events are not compared with rules"),
    ]);
  });
});
