import { join } from "node:path";
import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import { readConfiguration } from "../../../src/folder/read-folder.ts";
import { worldOf, type World } from "../../cli/node/world-of.ts";
import { fixture } from "../../cli/node/fixture.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/gitlab-support");
const HANDOVER = "gitlab-com/support/dotcom/cmoc-handover";
const REQUESTS = "gitlab-com/support/internal-requests";

/** Documents of a support team that has used Causeway for a while: some work, some are in trouble. */
const MORE: Record<string, unknown> = {
  "destination/escalations": { type: "channel", channel: "C0000000003", confidential: true },
  "destination/self-managed": { type: "channel", channel: "C0000000004", limit: "1/second" },
  "destination/releases": { type: "channel", channel: "C0999999999" },
  "mapping/gitlab/gitlab-com/support": {
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

/** A world in which there is something on every page of the console, and where it is. */
export type FurnishedWorld = World & {
  /** Ids of events: one that was posted, one that no rule wanted, one that waits, one that failed. */
  events: { delivered: string; filtered: string; waiting: string; failed: string };
};

/** Starts the example with more documents, some history, and events of every state. */
export async function furnishedWorld(bundle: Bundle): Promise<FurnishedWorld> {
  const examples = readConfiguration(EXAMPLES).map(({ key, value }) => [key, JSON.parse(value)]);
  const world = await worldOf(
    bundle,
    { ...Object.fromEntries(examples), ...MORE },
    {
      VIEWER_TOKEN: "test-viewer-token",
    },
  );
  const origin = new URL(world.env["GITLAB_URL"] ?? "").origin;
  const trigger = (n: number) => `${origin}/triggers/T0CAUSEWAY/410000000000${n}/${zeros(n)}`;
  await publish(world, "Amina Okafor", "the workflow moved", "destination/support-gitlab-com", {
    ...(await documentOf(world, "destination/support-gitlab-com")),
    url: trigger(1),
  });
  await publish(world, "Bruno Keller", "", "destination/support-licensing-subscription", {
    ...(await documentOf(world, "destination/support-licensing-subscription")),
    url: trigger(2),
    limit: "none",
  });
  const delivered = await world.send(fixture("issue.open", HANDOVER));
  for (const name of ["issue.open-licensing", "issue.labeled", "issue.open-no-assignees"]) {
    await world.send(fixture(name, REQUESTS));
  }
  const filtered = await world.send(fixture("issue.close", HANDOVER));
  await world.send(fixture("pipeline.broken", HANDOVER));
  await world.send(fixture("merge_request.open", HANDOVER));
  await world.send(fixture("issue.open-confidential", HANDOVER));
  await world.settled();
  // No such channel: it is paused, and what waits is kept.
  const waiting = await world.send(fixture("release.create", HANDOVER));
  await until(async () => (await problemsOf(world)).pauses.length > 0);
  world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 });
  const failed = await world.send(fixture("pipeline.failed", HANDOVER));
  await until(
    async () => (await world.api<{ state: string }>(`/events/${failed}`)).state !== "pending",
  );
  world.slack.workspace.faults.clear();
  return { ...world, events: { delivered, filtered, waiting, failed } };
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
