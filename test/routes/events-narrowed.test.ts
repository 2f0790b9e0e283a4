import { afterEach, beforeEach, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import { acme, createWorld, DOCUMENTS, endWorld, publish, settled, step } from "../world.ts";

const issue = acme(issueOpen);
const HOUR = 3_600_000;

type Listed = { items: { id: string; type: string }[]; next: string | null };
const list = async (query: string): Promise<string[]> =>
  (await admin<Listed>(`/events?${query}`)).items.map(({ id }) => id);

beforeEach(async () => {
  await createWorld(DOCUMENTS);
});
afterEach(endWorld);

it("lists what went to one destination, and to all addresses of one kind", async () => {
  const { id: toSupport } = await deliver(issue);
  await settled();
  await publish("mapping/gitlab/acme", {
    rules: [{ name: "All", on: "issue.*", to: ["channel", "hook"] }],
  });
  await step(91_000);
  const { id: toBoth } = await deliver({ ...issue, labels: [] });
  await settled();
  expect(await list("destination=support")).toEqual([toSupport]);
  expect(await list("destination=hook")).toEqual([toBoth]);
  expect(await list("destination=chan")).toEqual([]);
});

it("lists what came since a time, and looks no further back", async () => {
  await deliver(issue);
  await settled();
  await step(HOUR);
  const since = new Date(Date.now()).toISOString();
  const { id } = await deliver({ ...issue, labels: [] });
  await settled();
  expect(await list(`since=${since}`)).toEqual([id]);
  expect(await admin(`/events?since=${since}&text=nothing`)).toEqual({ items: [], next: null });
  expect(await admin("/events?since=yesterday")).toMatchObject({ error: { path: "since" } });
});
