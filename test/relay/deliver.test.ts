import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import { createWorld, endWorld, query, settled, type World } from "../world.ts";

const issue = {
  ...issueOpen,
  project: { ...issueOpen.project, path_with_namespace: "acme/widgets" },
};

describe("a webhook on its way to Slack", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(endWorld);

  it("becomes a workflow message, and the ledger adds up", async () => {
    const answer = await deliver(issue);
    expect(answer).toMatchObject({ status: 202, said: "accepted" });
    await settled();
    console.log(
      JSON.stringify(await query("select * from outcomes")),
      JSON.stringify(world.slack.workspace.requests),
    );
    expect(world.slack.workspace.messages.map((m) => m.variables)).toEqual([
      { title: issue.object_attributes.title, url: issue.object_attributes.url },
    ]);
    console.log(
      JSON.stringify(await admin("/ledger")),
      JSON.stringify(await admin("/events")),
      JSON.stringify(await admin(`/events/${answer.id}`)).slice(-900),
    );
  });
});
