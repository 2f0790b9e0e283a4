import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeIssue } from "../../src/gitlab/issues-api.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { TEST_SETTINGS } from "../settings.ts";
import { admin, deliver } from "../webhook.ts";
import { acme, createWorld, endWorld, publish, settled, type World } from "../world.ts";
import { sent, watchConsole } from "./witness.ts";

const issue = acme(issueOpen);
const HOOK = "services/T0CAUSEWAY/B0000000001/000000000000000000000001";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await publish("mapping/gitlab/acme", { rules: [{ name: "All", on: "*", to: "hook" }] });
});
afterEach(endWorld);

/** Where requests went that were to reach a destination with this address. */
async function calledFor(url: string): Promise<string[]> {
  await publish("destination/hook", { type: "webhook", url, limit: "none" });
  await deliver(issue);
  await settled();
  return (await sent()).map((request) => request.url);
}

describe("a destination's address", () => {
  test.for([
    // Another host, however it is written.
    `https://evil.test/${HOOK}`,
    `https://slack.test@evil.test/${HOOK}`,
    `https://slack.test:x@evil.test/${HOOK}`,
    `https://slack.test%2F@evil.test/${HOOK}`,
    `https://slack.test.evil.test/${HOOK}`,
    `https://evil.test/https://slack.test/${HOOK}`,
    `https://evil.test#@slack.test/${HOOK}`,
    `https://evil.test?@slack.test/${HOOK}`,
    `https://evil.test\\@slack.test/${HOOK}`,
    `https:\\\\evil.test\\@slack.test`,
    `https:///evil.test/${HOOK}`,
    `https:evil.test/${HOOK}`,
    `//evil.test/${HOOK}`,
    `https://slack.test./${HOOK}`,
    `https://ѕlack.test/${HOOK}`,
    `https://slack。evil.test/${HOOK}`,
    // Another door of the same host.
    `http://slack.test/${HOOK}`,
    `https://slack.test:8443/${HOOK}`,
    `ftp://slack.test/${HOOK}`,
    `wss://slack.test/${HOOK}`,
    // What only the inside of a network can reach.
    "https://localhost/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "file:///etc/passwd",
    "data:text/plain,x",
    "javascript:1",
  ])("that is not Slack's is never called: %s", async (url) => {
    const called = await calledFor(url);
    // ALERTS_TO is told, through Slack.
    expect(called.filter((each) => !each.startsWith("https://slack.test/api/"))).toEqual([]);
    const { items } = await admin<{ items: { pauses: { code: string }[] }[] }>("/problems");
    expect(items[0]?.pauses[0]?.code).toMatch(/^(origin_not_allowed|destination_unusable)$/);
  });

  test.for([`https://user:password@slack.test/${HOOK}`, `https://user@slack.test/${HOOK}`])(
    "with a name and password in it is never called with them: %s",
    async (url) => {
      const called = await calledFor(url);
      expect(called.filter((each) => each.includes("@"))).toEqual([]);
    },
  );

  test.for([
    `https://SLACK.test/${HOOK}`,
    `https://slack.test:443/${HOOK}`,
    `https://slack.test/x/../${HOOK}`,
    ` https://slack.test/${HOOK} `,
  ])("that is Slack's written otherwise is called there and nowhere else: %j", async (url) => {
    for (const called of await calledFor(url))
      expect(new URL(called).origin).toBe("https://slack.test");
  });
});

describe("a destination that names another of the Worker's secrets", () => {
  // The others are addresses of Slack's, which a destination may well have.
  const NAMES = Object.keys(TEST_SETTINGS).filter(
    (name) =>
      name !== "TRIGGER_URL" && !name.startsWith("SLACK_API") && !name.startsWith("SLACK_HOOK"),
  );

  test.for([...NAMES, "MAPPINGS", "RELAY", "__proto__", "constructor", "hasOwnProperty"])(
    "reads nothing out of it: secret:%s",
    async (name) => {
      const written = watchConsole();
      const called = await calledFor(`secret:${name}`);
      expect(called.filter((each) => !each.startsWith("https://slack.test/api/"))).toEqual([]);
      const value = Object.entries(TEST_SETTINGS).find(([key]) => key === name)?.[1] ?? "";
      const { items } = await admin<{ items: { id: string }[] }>("/events");
      const seen = JSON.stringify([
        written,
        await admin("/problems"),
        await Promise.all(items.map(({ id }) => admin(`/events/${id}`))),
        world.slack.workspace.messages,
      ]);
      expect(seen).toMatch(/secret_missing|url_unusable|origin_not_allowed/);
      for (const word of value.split(" ").filter(isSecret)) expect(seen).not.toContain(word);
    },
  );

  /** Not names of destinations, numbers and addresses, which settings may hold too. */
  function isSecret(word: string): boolean {
    return word.length > 7 && !word.startsWith("https://");
  }
});

describe("an issue's project", () => {
  const draft = {
    title: "T",
    description: "D <!-- m -->",
    labels: [],
    confidential: true,
    marker: "<!-- m -->",
  };

  test.for([
    "acme/..",
    "../admin",
    "../../../../evil.test/x",
    "acme/%2e%2e/%2e%2e",
    "acme/x?private_token=1",
    "acme/x#fragment",
    "acme\\..\\x/y",
    "//evil.test/x",
    "@evil.test/x",
    "acme/x/issues/1/notes",
    "acme/\u0000",
    "acme/\ud800",
  ])("is one segment of an address in GitLab's API: %j", async (project) => {
    const calls: string[] = [];
    vi.mocked(globalThis.fetch).mockImplementation(async (input) => {
      calls.push(new Request(input as RequestInfo).url);
      return Response.json({ message: "404 Project Not Found" }, { status: 404 });
    });
    await makeIssue({ ...draft, project }, { url: "https://gitlab.test/sub/", token: "t" }, null);
    expect(calls).toHaveLength(1);
    const { origin, pathname, search, hash } = new URL(calls[0] ?? "");
    expect({ origin, search, hash }).toEqual({
      origin: "https://gitlab.test",
      search: "",
      hash: "",
    });
    expect(pathname).toMatch(/^\/sub\/api\/v4\/projects\/[^/]+\/issues$/);
    expect(decodeURIComponent(pathname.split("/").at(-2) ?? "")).toBe(project.toWellFormed());
  });
});
