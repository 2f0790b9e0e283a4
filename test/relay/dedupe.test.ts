import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import { acme, createWorld, endWorld, evict, settled, type World } from "../world.ts";

const issue = acme(issueOpen);
const TOKEN_ONLY = {
  "webhook-id": null,
  "idempotency-key": null,
  "webhook-timestamp": null,
  "webhook-signature": null,
  "x-gitlab-token": "plain-token-one",
};

describe("a request that comes twice", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(endWorld);

  it("is one event, named by the first one's id, also after an eviction", async () => {
    const first = await deliver(issue, { id: "a-delivery-of-gitlab" });
    const atOnce = await deliver(issue, { id: "a-delivery-of-gitlab" });
    await settled();
    await evict();
    const later = await deliver(issue, { id: "a-delivery-of-gitlab" });
    await settled();
    expect(first).toMatchObject({ status: 202, said: "accepted" });
    expect(atOnce).toEqual({ status: 202, said: "duplicate", id: first.id });
    expect(later).toEqual({ status: 202, said: "duplicate", id: first.id });
    expect(world.slack.workspace.messages).toHaveLength(1);
    expect(await admin("/ledger")).toMatchObject({
      total: { received: 3, delivered: 1, duplicate: 2 },
    });
  });

  test.for([
    {
      name: "identical bodies under different delivery ids are different events",
      headers: [{}, {}],
      said: ["accepted", "accepted"],
    },
    {
      name: "without a delivery id the same UUID and body are the same event",
      headers: [
        { ...TOKEN_ONLY, "x-gitlab-event-uuid": "uuid-1" },
        { ...TOKEN_ONLY, "x-gitlab-event-uuid": "uuid-1" },
      ],
      said: ["accepted", "duplicate"],
    },
    {
      name: "without a delivery id another UUID is another event",
      headers: [
        { ...TOKEN_ONLY, "x-gitlab-event-uuid": "uuid-1" },
        { ...TOKEN_ONLY, "x-gitlab-event-uuid": "uuid-2" },
      ],
      said: ["accepted", "accepted"],
    },
    {
      name: "without any id the body decides",
      headers: [
        { ...TOKEN_ONLY, "x-gitlab-event-uuid": null },
        { ...TOKEN_ONLY, "x-gitlab-event-uuid": null },
      ],
      said: ["accepted", "duplicate"],
    },
  ])("$name", async ({ headers, said }) => {
    const answers: string[] = [];
    for (const each of headers) answers.push((await deliver(issue, { headers: each })).said);
    expect(answers).toEqual(said);
  });

  it("at the same moment is committed once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => deliver(issue, { id: "the-same" })),
    );
    await settled();
    expect(answers.map(({ said }) => said).toSorted()).toEqual([
      "accepted",
      ...Array.from({ length: 9 }, () => "duplicate"),
    ]);
    expect(world.slack.workspace.messages).toHaveLength(1);
  });
});
