import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { fixture, startWorld } from "./world.ts";

const world = await startWorld({
  "mapping/gitlab/gitlab-com/support": {
    rules: [
      { name: "New requests", on: "issue.open", to: "support", message: "{{ event.title }}" },
      {
        name: "Renewals",
        on: "issue.open",
        when: { labels: { any: ["Renewal*"] } },
        to: ["renewals", "later"],
        message: "Renewal: {{ event.title }}",
      },
    ],
  },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
  "destination/renewals": { type: "channel", channel: "C0000000002", limit: "none" },
});
afterAll(() => world.stop());
const around = { env: world.env };

type Sent = {
  items: {
    id: string;
    said: string;
    state: string;
    deliveries: { destination: string; state: string }[];
  }[];
};

describe("causeway send", () => {
  it("sends a recorded body, signed, and says what became of it in words", async () => {
    const { code, stdout, stderr } = await causeway(
      ["send", "issue.open", "--fresh", "--title", "Hello", "--project", "gitlab-com/support/team"],
      around,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Sent issue\.open; the Worker answered 202 accepted\.\n/);
    expect(stdout).toContain('issue.open "Hello" in gitlab-com/support/team: delivered');
    expect(stdout).toContain("It was posted to support.");
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual(["Hello"]);
  });

  it("sends a file, with labels, to a hook's own path, as often as it is told", async () => {
    const folder = mkdtempSync(join(tmpdir(), "causeway-send-"));
    writeFileSync(join(folder, "body.json"), fixture("issue.open", "gitlab-com/support"));
    const { code, json } = await causewayJson<Sent>(
      [
        ..."send body.json --path gitlab-com/support --label".split(" "),
        "Renewal 2027",
        ..."--count 3 --wait 1".split(" "),
      ],
      { ...around, cwd: folder },
    );
    expect(code).toBe(0);
    expect(json.items).toHaveLength(3);
    expect(json.items[0]).toMatchObject({
      said: "accepted",
      // Nobody has published destination/later.
      state: "pending",
      deliveries: [
        { destination: "support", state: "delivered" },
        { destination: "renewals", state: "delivered" },
        { destination: "later", state: "pending" },
      ],
    });
  });

  it("says what it waits for", async () => {
    const { code, stdout } = await causeway(
      [..."send issue.open --wait 1 --project gitlab-com/support --label".split(" "), "Renewal"],
      around,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("It was posted to support and renewals.");
    expect(stdout).toMatch(/It waits for later, which is paused \(.*destination\/later.*\)/);
  });

  it("refuses what it cannot send, in words", async () => {
    const folder = mkdtempSync(join(tmpdir(), "causeway-send-"));
    writeFileSync(join(folder, "list.json"), "[1]");
    writeFileSync(join(folder, "other.json"), '{"object_kind": 7}');
    const refused = [
      [["isue.open"], {}, 2, /no sample "isue\.open"\. Did you mean "issue\.open"/],
      [["none.json"], {}, 2, /There is no file none\.json/],
      [["list.json"], {}, 2, /list\.json is no body of a webhook: it is not a JSON object/],
      [["other.json"], {}, 2, /it does not look like what GitLab sends/],
      [
        ["issue.open", "--count", "many"],
        {},
        2,
        /--count <n>' argument 'many' is invalid\. Expected a whole number from 1/,
      ],
      [
        ["issue.open"],
        { CAUSEWAY_SIGNING_TOKEN: "whsec_d3Jvbmc=" },
        3,
        /answered 401: .*CAUSEWAY_SIGNING_TOKEN has to be one of/,
      ],
      [["issue.open", "--path", "else/where"], {}, 3, /answered 403/],
      [[], {}, 2, /missing required argument 'payload'/],
    ] as const;
    await Promise.all(
      refused.map(async ([args, env, code, said]) => {
        const surroundings = { cwd: folder, env: { ...world.env, ...env } };
        const ended = await causeway(["send", ...args], surroundings);
        expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(said) });
        expect(ended.stderr).not.toContain("d3Jvbmc");
      }),
    );
  });
});

describe("looking at what happened", () => {
  let [open, closed, elsewhere]: string[] = [];
  beforeAll(async () => {
    open = await world.send(fixture("issue.open", "gitlab-com/support/looked-at"));
    closed = await world.send(fixture("issue.close", "gitlab-com/support/looked-at"));
    const body = JSON.parse(fixture("issue.open", "nobody/cares")) as {
      object_attributes: { title: string };
    };
    body.object_attributes.title = "\u001b[31mred\u0007";
    elsewhere = await world.send(JSON.stringify(body));
    // What waits for "later" goes on waiting.
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  it("events lists the newest first, narrowed as asked", async () => {
    const { code, json } = await causewayJson<{ items: { id: string }[]; more: boolean }>(
      ["events", "--project", "gitlab-com/support/looked-at", "--since", "1h"],
      around,
    );
    expect(code).toBe(0);
    expect(json).toMatchObject({ items: [{ id: closed }, { id: open }], more: false });
    const { stdout, stderr } = await causeway(["events", "--limit", "2"], around);
    const [head, ...rows] = stdout.trim().split("\n");
    expect(head).toMatch(/^RECEIVED {2,}STATE {2,}TYPE {2,}PROJECT {2,}TITLE {2,}ID$/);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}filtered {2}issue\.open {3}nobody\/cares {2,}\[31mred /,
    );
    expect(stdout).toContain("(no mapping for its path)");
    // Nobody's title moves the cursor.
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(stderr).toContain("--limit shows more");
    expect(await causeway(["events", "--text", "nothing is called so"], around)).toMatchObject({
      code: 0,
      stdout: 'Nothing matches --text "nothing is called so".\n',
    });
  });

  it("event says why it was not posted, rule by rule", async () => {
    const { code, stdout } = await causeway(["event", closed ?? ""], around);
    expect(code).toBe(0);
    expect(stdout).toContain("It was posted nowhere: none of the 2 rules that were asked matched.");
    expect(stdout).toContain("mapping/gitlab/gitlab-com/support\n  ✗ New requests");
    const { stdout: unmapped } = await causeway(["event", elsewhere ?? ""], around);
    expect(unmapped).toContain(
      "It was posted nowhere: no mapping is about nobody/cares. Its rules would stand in mapping/gitlab/nobody/cares, or",
    );
  });

  it("event says where it was posted, and what Slack answered", async () => {
    const { code, stdout } = await causeway(["event", open ?? ""], around);
    expect(code).toBe(0);
    expect(stdout).toContain("It was posted to support.");
    expect(stdout).toMatch(/ {2}✓ New requests/);
    expect(stdout).toMatch(/ {2}✗ Renewals {2}\S/);
    expect(stdout).toMatch(/→ support delivered by "New requests"\n {4}\S+ \S+ {2}200 {2}ok\n/);
  });

  it("event takes the address of an issue: the newest event about it, and the others", async () => {
    const earlier = await world.send(fixture("issue.open"));
    const newest = await world.send(fixture("issue.open"));
    const { url } = await world.api<{ url: string }>(`/events/${newest}`);
    const { code, json } = await causewayJson<{ id: string; others: { id: string }[] }>(
      ["event", url],
      around,
    );
    expect(code).toBe(0);
    expect(json.id).toBe(newest);
    expect(json.others).toContainEqual(expect.objectContaining({ id: earlier }));
    const never = url.replace(/\d+$/, "987654");
    expect(await causeway(["event", never], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("No event about"),
    });
    expect(await causeway(["event", "nonsense"], around)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no such event"),
    });
  });

  it("deliveries lists messages, narrowed as asked", async () => {
    const { code, json } = await causewayJson<{ items: { id: string }[] }>(
      ["deliveries", "--destination", "support", "--project", "gitlab-com/support/looked-at"],
      around,
    );
    expect(code).toBe(0);
    expect(json.items).toMatchObject([{ id: `${open}.0` }]);
    const { stdout } = await causeway(["deliveries", "--state", "pending"], around);
    expect(stdout).toMatch(/^EVENT RECEIVED .*ID\n\S+ \S+ {2}pending {2}later {2,}issue\.open/);
  });

  it("ledger accounts for everything", async () => {
    const { code, json } = await causewayJson<{ addsUp: boolean; total: { received: number } }>(
      ["ledger"],
      around,
    );
    expect(code).toBe(0);
    expect(json.addsUp).toBe(true);
    const { stdout } = await causeway(["ledger"], around);
    expect(stdout).toMatch(/^NAMESPACE {3,}RECEIVED {2}DELIVERED/);
    expect(stdout).toContain("\nIt adds up.");
  });

  it("refuses what it does not understand", async () => {
    const refused = [
      [["events", "--state", "lost"], /Allowed choices are pending/],
      [["events", "--since", "yesterday"], /--since is "yesterday"; expected how long ago/],
      [["events", "--since", "2999-01-01"], /still to come/],
      [
        ["deliveries", "--limit", "0"],
        /'0' is invalid\. Expected a whole number from 1 to 10000\./,
      ],
    ] as const;
    await Promise.all(
      refused.map(async ([args, said]) =>
        expect(await causeway([...args], around)).toMatchObject({
          code: 2,
          stderr: expect.stringMatching(said),
        }),
      ),
    );
  });
});
