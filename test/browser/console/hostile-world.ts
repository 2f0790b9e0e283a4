import { readdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import { fixture } from "../../cli/node/fixture.ts";
import { worldOf, type World } from "../../cli/node/world-of.ts";
import { ADDRESSES, ALL_ATTACKS, ATTACKS, MARK, poisoned } from "../../security/console-attacks.ts";
import { publish } from "./furnished-world.ts";

/** What can stand in a key of KV and in a name of at most eighty characters. */
export const SHORT = `"><img src=x ${MARK} onerror=window.__ran=1>`;

const PROJECT = "gitlab-com/support/hostile";
const RULES = [
  ...ATTACKS.map((attack, at) => ({
    name: `${attack.slice(0, 190)}${at}`,
    on: "*",
    to: ["channel", "trigger", "refused", SHORT][at % 4],
    mode: at < 4 ? "live" : "shadow",
    message: `{{ event.title }} ${attack} {{ payload | json }}`,
  })),
  { name: SHORT, on: "issue.*", when: { if: `event.title == '${MARK}'` }, to: "channel" },
];
/** What nobody could publish, but put past Causeway. */
const UNUSABLE = { rules: [{ name: ALL_ATTACKS, on: ALL_ATTACKS, to: ALL_ATTACKS }] };

/** What a team of attackers has left in KV; some of it is not even valid. */
const documents = (origin: string): Record<string, unknown> => ({
  "destination/channel": { type: "channel", channel: "C0000000001", limit: "none" },
  "destination/refused": { type: "channel", channel: "C0999999999", limit: "none" },
  "destination/trigger": {
    type: "workflow",
    url: `${origin}/triggers/T0CAUSEWAY/4100000000009/${"0".repeat(32)}`,
    variables: [ALL_ATTACKS.slice(0, 60), "title"],
    limit: "none",
  },
  [`destination/${SHORT}`]: { type: "channel", channel: "C0000000002" },
  "destination/invalid": { type: ALL_ATTACKS, [ALL_ATTACKS]: ALL_ATTACKS },
  "mapping/gitlab/gitlab-com": { rules: RULES },
  [`mapping/gitlab/gitlab-com/${SHORT}`]: UNUSABLE,
  "mapping/gitlab/unusable": UNUSABLE,
  "mapping/gitlab/broken": ALL_ATTACKS,
  "mapping/slack/C0000000001": {
    rules: [
      { name: SHORT, on: "reaction.eyes", to: "thread", message: ALL_ATTACKS },
      { name: ATTACKS[4], on: "reaction.*", to: "thread", message: ATTACKS[5] },
    ],
  },
  "mapping/slack/C0000000002": {
    rules: [{ name: SHORT, on: `reaction.${SHORT}`, to: "thread", message: SHORT }],
  },
  [`mapping/slack/${SHORT}`]: {
    rules: [{ name: "x", on: "reaction.eyes", to: "thread", message: "x" }],
  },
  "person/chen": { slack: "U0000000003" },
  [`person/${SHORT}`]: { slack: SHORT },
});

/** A world in which everybody writes attacks: GitLab, Slack, and whoever publishes. */
export type HostileWorld = World & { events: string[] };

/** Starts it, and has an event of every kind arrive. */
export async function hostileWorld(bundle: Bundle): Promise<HostileWorld> {
  const { server, origin } = await listening(strangers());
  const world = await worldOf(bundle, documents(origin), {
    VIEWER_TOKEN: "test-viewer-token",
    SLACK_HOOK_ORIGINS: origin,
    GITLAB_URL: `${origin}/gitlab`,
  });
  worker = world.url;
  for (const channel of world.slack.workspace.channels) channel.name = ALL_ATTACKS;
  for (const member of world.slack.workspace.members) {
    Object.assign(member, { name: SHORT, realName: ALL_ATTACKS, email: `${SHORT}@example.com` });
  }
  await publish(world, ALL_ATTACKS.slice(0, 200), ALL_ATTACKS.slice(0, 1_900), "person/dora", {
    slack: "U0000000003",
  });
  await publish(world, SHORT, SHORT, "person/dora", { slack: "U0000000002" });
  const events: string[] = [];
  const titles = ATTACKS.map((attack) => poisonedFixture("issue.open", attack, ADDRESSES[0] ?? ""));
  const kinds = KINDS.map((kind, at) =>
    poisonedFixture(kind, ALL_ATTACKS, ADDRESSES[at % ADDRESSES.length] ?? ""),
  );
  for (const body of [...kinds, ...titles]) events.push(await world.send(body, PROJECT));
  await pause(world);
  await quiet(world);
  return {
    ...world,
    events,
    async stop() {
      await world.stop();
      server.close();
    },
  };
}

const KINDS = ["issue.open", "merge_request.open", "pipeline.failed", "release.create"].concat(
  readdirSync(join(import.meta.dirname, "../../fixtures/gitlab"))
    .filter((file) =>
      /^(note|push|tag|wiki|job|deployment|emoji|member|epic|vulnerab|milestone)/.test(file),
    )
    .map((file) => file.replace(/\.json$/, ""))
    .filter(
      (name, at, all) => all.findIndex((each) => each.split(".")[0] === name.split(".")[0]) === at,
    ),
);

function poisonedFixture(kind: string, attack: string, address: string): string {
  return JSON.stringify(poisoned(JSON.parse(fixture(kind, PROJECT)), attack, address));
}

let worker = "";

/** A GitLab and a workflow that answer with attacks. */
function strangers(): Hono {
  return new Hono()
    .post("/triggers/*", (c) => c.text(ALL_ATTACKS, 400))
    .get("/gitlab/api/v4/projects/:id", (c) => c.json({ path_with_namespace: ALL_ATTACKS }))
    .get("/gitlab/api/v4/groups/:id", (c) => c.json({ full_path: SHORT }))
    .get("/gitlab/api/v4/:owner/:id/hooks", (c) =>
      c.json([
        hook(1, `${worker}/gitlab/webhooks/${SHORT}`),
        hook(2, `https://evil.invalid/gitlab/webhooks/${ALL_ATTACKS}`),
        ...ADDRESSES.map((address, at) => hook(10 + at, `${address}/gitlab/webhooks`)),
      ]),
    )
    .notFound((c) => c.json({ message: ALL_ATTACKS }, 403));
}

function hook(id: number, url: string): object {
  return { id, url, name: ALL_ATTACKS, alert_status: "disabled", disabled_until: ALL_ATTACKS };
}

async function pause(world: World): Promise<void> {
  await world.api("/destinations/channel/pause", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ by: SHORT, why: ALL_ATTACKS.slice(0, 400) }),
  });
}

/** Waits until Slack and the workflow have refused what they refuse. */
async function quiet(world: World): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { items } = await world.api<{ items: unknown[] }>("/failures?limit=1");
    if (items.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("Nothing has failed after five seconds.");
}

async function listening(app: Hono): Promise<{ server: ServerType; origin: string }> {
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started),
    );
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
