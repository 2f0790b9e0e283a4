import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { ORIGIN, webhook } from "../webhook.ts";
import { acme, createWorld, endWorld, publish, settled, step, type World } from "../world.ts";
import { sent, watchConsole } from "./witness.ts";

/** What a header, a log line and a terminal could take for something else. */
const BREAKS = '\r\nx-evil: 1\r\n\r\n{"event":"forged"}\n\u001b[2J\u2028';
const PATH = `acme/${BREAKS.replaceAll("/", "")}`;
const issue = acme(issueOpen);
const hostile = {
  ...issue,
  event_type: `issue${BREAKS}`,
  project: { ...issue.project, path_with_namespace: PATH, name: BREAKS },
  user: { ...issue.user, name: BREAKS, username: BREAKS },
  object_attributes: { ...issue.object_attributes, title: BREAKS, url: `https://x.test/${BREAKS}` },
};

let world: World;
let written: unknown[][];
beforeEach(async () => {
  world = await createWorld();
  // It cannot be used, for there is no such filter: what is wrong with it is logged.
  await publish("mapping/gitlab/acme", {
    rules: [
      {
        name: `Rule ${BREAKS}`,
        on: "*",
        to: ["channel", "hook", "support", "missing\r\nx-evil: 1"],
        message:
          "{{ event.title }} {{ event.actor | mention }} {{ payload.object_kind | nothing }}",
      },
      { name: "Other", on: "*", to: ["channel", "hook", "support", "missing\r\nx-evil: 1"] },
    ],
  });
  written = watchConsole();
});
afterEach(endWorld);

/** Everything hostile at once: refused and accepted, delivered, failed and paused. */
async function everything(): Promise<void> {
  const encoded = encodeURIComponent(PATH);
  for (const path of [`/${encoded}`, `/${encodeURIComponent(BREAKS)}`, ""]) {
    await exports.default.fetch(webhook(hostile, { path }));
    await exports.default.fetch(
      webhook(hostile, { path, headers: { "webhook-signature": "v1,x" } }),
    );
  }
  await exports.default.fetch(new Request(`${ORIGIN}/${encoded}`, { method: "POST" }));
  await settled();
  await publish("mapping/gitlab/acme", {
    rules: [
      { name: BREAKS.slice(0, 50), on: "*", to: ["channel", "hook", "missing\r\nx-evil: 1"] },
    ],
  });
  await step(60_000);
  world.slack.workspace.faults.set({ on: "/services/*", fault: "revoked" });
  await exports.default.fetch(webhook(hostile));
  await step(60_000);
}

describe("line breaks and escapes in whatever strangers choose", () => {
  it("leave every log line one line of JSON, and forge none", async () => {
    await everything();
    expect(written.length).toBeGreaterThan(10);
    for (const said of written) {
      expect(said).toHaveLength(1);
      const [line] = said;
      expect(line).toBeTypeOf("string");
      // oxlint-disable-next-line no-control-regex -- they are what must not be there
      expect(line).not.toMatch(/[\u0000-\u001f]/);
      expect(JSON.parse(String(line))).toMatchObject({ event: expect.stringMatching(/^[a-z_]+$/) });
      expect(JSON.parse(String(line))).not.toMatchObject({ event: "forged" });
    }
  });

  it("reach no header of a request that leaves the Worker", async () => {
    await everything();
    const requests = await sent();
    expect(requests.length).toBeGreaterThan(1);
    for (const { headers } of requests) {
      expect(Object.keys(headers).filter((name) => !KNOWN_HEADERS.includes(name))).toEqual([]);
      expect(JSON.stringify(headers)).not.toContain("evil");
    }
  });

  it("reach no header of an answer", async () => {
    const encoded = encodeURIComponent(PATH);
    for (const path of [`/gitlab/webhooks/${encoded}`, `/health/${encoded}`, `/${encoded}`]) {
      const response = await exports.default.fetch(new Request(ORIGIN + path, { method: "POST" }));
      expect(JSON.stringify([...response.headers])).not.toContain("evil");
    }
  });
});

/** All of them have values of the Worker's own: the content's type, and the bot's token. */
const KNOWN_HEADERS = ["accept", "authorization", "content-type", "user-agent"];
