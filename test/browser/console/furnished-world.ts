import { join } from "node:path";
import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import { newHook } from "../../../src/sandbox/gitlab-hook.ts";
import { readConfiguration } from "../../../src/folder/read-folder.ts";
import { worldOf, type World } from "../../cli/node/world-of.ts";
import { fixture } from "../../cli/node/fixture.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/gitlab-support");
const HANDOVER = "gitlab-com/support/dotcom/cmoc-handover";
const REQUESTS = "gitlab-com/support/internal-requests";
const SUPPORT = "mapping/gitlab/gitlab-com/support";
/** A destination that was published more than once. */
const MOVED = "destination/support-gitlab-com";

/** Documents of a support team that has used Causeway for a while: some work, some are in trouble. */
const MORE: Record<string, unknown> = {
  "destination/escalations": { type: "channel", channel: "C0000000003", confidential: true },
  "destination/self-managed": { type: "channel", channel: "C0000000004", limit: "1/second" },
  "destination/releases": { type: "channel", channel: "C0999999999" },
  [SUPPORT]: {
    rules: [
      {
        name: "Pipelines that break",
        on: ["pipeline.broken", "pipeline.failed"],
        to: "self-managed",
      },
      { name: "Released", on: "release.create", to: "releases" },
      {
        name: "Escalated",
        on: ["issue.open", "issue.labeled"],
        when: { labels: { any: ["Escalation*"] } },
        to: ["escalations"],
        message: "*{{ event.actor.name }}* escalates {{ event.link }}",
      },
      {
        name: "Merge requests, on trial",
        on: "merge_request.*",
        when: { actor: { not: ["*bot*"] } },
        to: "self-managed",
        mode: "shadow",
      },
    ],
  },
  "mapping/gitlab/gitlab_com/support_team/internal": { rules: [] },
  "mapping/gitlab/gitlab-org": {
    rules: [{ name: "Security", on: "vulnerability.*", to: "escalations", enabled: false }],
  },
  "person/chen": { slack: "U0000000001" },
};

/** What the form of the editor sends. */
type DraftSent = Record<"key" | "etag" | "text" | "why", string>;

/** A world in which there is something on every page of the console, and where it is. */
export type FurnishedWorld = World & {
  /** Ids of events, by what became of them or what they are about; `replayed`: one to be sent again. */
  events: Record<
    | "delivered"
    | "filtered"
    | "waiting"
    | "failed"
    | "confidential"
    | "licensing"
    | "reaction"
    | "replayed",
    string
  >;
  /** Ids of publishes of one document: the last one, and one before it. */
  publishes: { latest: string; changedSince: string };
  /** Drafts of a document that somebody else has changed: elsewhere, at the same place, and so that both are wrong together. */
  drafts: { both: DraftSent; clashing: DraftSent; wrong: DraftSent };
  /** A Causeway that was just deployed: nothing is published, and nothing has come. */
  fresh: World;
};

/** Starts the example with more documents, some history, and events of every state. */
export async function furnishedWorld(bundle: Bundle): Promise<FurnishedWorld> {
  const examples = readConfiguration(EXAMPLES).map(({ key, value }) => [key, JSON.parse(value)]);
  const viewers = { VIEWER_TOKEN: "test-viewer-token" };
  const [world, fresh] = await Promise.all([
    worldOf(bundle, { ...Object.fromEntries(examples), ...MORE }, viewers),
    worldOf(bundle, {}, viewers),
  ]);
  return {
    ...world,
    fresh,
    publishes: await publishSome(world),
    drafts: await changeMeanwhile(world),
    events: await haveEvents(world),
    async stop() {
      await Promise.all([world.stop(), fresh.stop()]);
    },
  };
}

async function publishSome(world: World): Promise<FurnishedWorld["publishes"]> {
  const origin = new URL(world.env["GITLAB_URL"] ?? "").origin;
  const trigger = (n: number) => `${origin}/triggers/T0CAUSEWAY/410000000000${n}/${zeros(n)}`;
  await publish(world, "Amina Okafor", "the workflow moved", MOVED, {
    ...(await documentOf(world, MOVED)),
    url: trigger(1),
  });
  await publish(world, "Bruno Keller", "", "destination/support-licensing-subscription", {
    ...(await documentOf(world, "destination/support-licensing-subscription")),
    url: trigger(2),
    limit: "none",
  });
  await publish(world, "Bruno Keller", "handovers come in bursts", MOVED, {
    ...(await documentOf(world, MOVED)),
    limit: "none",
  });
  const query = new URLSearchParams({ key: MOVED }).toString();
  const { items } = await world.api<{ items: { id: string }[] }>(`/publishes?${query}`);
  const [latest, changedSince] = items.map(({ id }) => id);
  if (latest === undefined || changedSince === undefined) throw new Error("Nothing was published.");
  return { latest, changedSince };
}

/** Bruno publishes a document while Amina edits it. */
async function changeMeanwhile(world: World): Promise<FurnishedWorld["drafts"]> {
  const { text, etag } = await world.api<{ text: string; etag: string }>(`/documents/${SUPPORT}`);
  await publish(world, "Bruno Keller", "who releases is asked first", SUPPORT, {
    rules: rulesWith(text, "Released", "*{{ event.title }}* is out"),
  });
  const draft = (rule: string, message: string): DraftSent => ({
    key: SUPPORT,
    etag,
    text: JSON.stringify({ rules: rulesWith(text, rule, message) }),
    why: "shorter",
  });
  return {
    both: draft("Escalated", "Escalated: {{ event.link }}"),
    clashing: draft("Released", "Released: {{ event.link }}"),
    wrong: await changeTypeMeanwhile(world),
  };
}

/** Bruno gives a workflow a variable while Amina makes a channel of it. */
async function changeTypeMeanwhile(world: World): Promise<DraftSent> {
  const key = "destination/handover";
  const workflow = { type: "workflow", url: "secret:SUPPORT_GITLAB_COM_URL" };
  await publish(world, "Bruno Keller", "", key, workflow);
  const { etag } = await world.api<{ etag: string }>(`/documents/${key}`);
  await publish(world, "Bruno Keller", "", key, { ...workflow, variables: ["title"] });
  const text = JSON.stringify({ type: "channel", channel: "C0000000003" });
  return { key, etag, text, why: "no workflow any more" };
}

function rulesWith(text: string, name: string, message: string): object[] {
  const { rules } = JSON.parse(text) as { rules: { name: string }[] };
  return rules.map((rule) => (rule.name === name ? { ...rule, message } : rule));
}

async function haveEvents(world: World): Promise<FurnishedWorld["events"]> {
  const { slack, send, settled } = world;
  haveHooks(world);
  const delivered = await send(fixture("issue.open", HANDOVER));
  const licensing = await send(fixture("issue.open-licensing", REQUESTS));
  for (const name of ["issue.labeled", "issue.open-no-assignees"]) {
    await send(fixture(name, REQUESTS));
  }
  const filtered = await send(fixture("issue.close", HANDOVER));
  const replayed = await send(fixture("pipeline.broken", HANDOVER));
  await send(fixture("merge_request.open", HANDOVER));
  const confidential = await send(fixture("issue.open-confidential", HANDOVER));
  const reaction = await react(world);
  await settled();
  // No such channel: it is paused, and what waits is kept.
  const waiting = await send(fixture("release.create", HANDOVER));
  await until(async () => (await problemsOf(world)).pauses.length > 0);
  slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
  const failed = await send(fixture("pipeline.failed", HANDOVER));
  await until(
    async () => (await world.api<{ state: string }>(`/events/${failed}`)).state !== "pending",
  );
  slack.workspace.faults.clear();
  // However often it is tried: what is sent again is to fail again.
  slack.workspace.faults.set({ on: "/api/conversations.open", fault: "archived" });
  for (const name of ["bruno", "chen"]) {
    slack.people.leave(name, "C0000000001");
    await slack.people.join(name, "C0000000001");
  }
  await until(async () => {
    const { items } = await world.api<{ items: unknown[] }>("/events?state=failed");
    return items.length === 3;
  });
  await world.api("/destinations/causeway-alerts/pause", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ by: "Bruno Keller", why: "the channel is being renamed" }),
  });
  return { delivered, filtered, waiting, failed, confidential, licensing, reaction, replayed };
}

async function react({ slack: { people }, api }: World): Promise<string> {
  const message = people.say("amina", "C0000000001", "Ticket 4711 needs somebody today.");
  await people.react("bruno", message, "escalate");
  const { items } = await api<{ items: { id: string }[] }>("/events?limit=1");
  return items[0]?.id ?? "";
}

/** GitLab's own webhooks: one that sends here, and one that GitLab has given up. */
function haveHooks({ url, env, gitlab }: World): void {
  const signingToken = env["CAUSEWAY_SIGNING_TOKEN"] ?? "";
  const hook = (id: number, owner: "group" | "project", path: string) => {
    const made = newHook({ id, owner, path, createdAt: "2026-10-01T08:00:00.000Z" });
    const flags = { ...made.flags, push_events: false, issues_events: true };
    return { ...made, flags, signingToken, url: `${url}/gitlab/webhooks/${path}` };
  };
  gitlab.webhooks.hooks.push(hook(1, "group", "gitlab-com/support"));
  gitlab.webhooks.hooks.push({ ...hook(2, "project", REQUESTS), failures: 40 });
}

/** Publishes a document as another program does. */
export async function publish(
  world: World,
  by: string,
  why: string,
  key: string,
  document: unknown,
): Promise<void> {
  const present = await world.api<{ etag?: string }>(`/documents/${key}`);
  const query = new URLSearchParams({ by, why }).toString();
  const answer = await world.api<{ error?: unknown }>(`/documents/${key}?${query}`, {
    method: "PUT",
    headers: present.etag === undefined ? { "if-none-match": "*" } : { "if-match": present.etag },
    body: JSON.stringify(document),
  });
  if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error));
}

async function documentOf(world: World, key: string): Promise<object> {
  const { text } = await world.api<{ text: string }>(`/documents/${key}`);
  return JSON.parse(text) as object;
}

async function problemsOf(world: World): Promise<{ pauses: unknown[] }> {
  const { items } = await world.api<{ items: { pauses: unknown[] }[] }>("/problems");
  return { pauses: items.flatMap(({ pauses }) => pauses) };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("What was waited for has not happened after ten seconds.");
}

/** Where the stand-in's triggers have a secret. */
function zeros(last: number): string {
  return String(last).padStart(32, "0");
}
