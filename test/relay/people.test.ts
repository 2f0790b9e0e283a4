import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import { acme, bindings, createWorld, endWorld, publish, settled, type World } from "../world.ts";

const issue = acme({ ...issueOpen, user: { ...issueOpen.user, username: "LAaltonen" } });

describe("a template that mentions people", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", {
      rules: [
        {
          name: "Opened",
          on: "issue.open",
          to: ["channel", "support"],
          message: "{{ event.actor | mention }}: {{ event.assignees | mention }}",
          variables: { title: "{{ event.actor | mention }}" },
        },
      ],
    });
  });
  afterEach(endWorld);

  async function said(): Promise<string[]> {
    await settled();
    return world.slack.workspace.messages
      .map(({ via, text, variables }) => (via === "workflow" ? `${variables?.["title"]}` : text))
      .toSorted();
  }

  it("mentions those whom operations have named, and names the others", async () => {
    await publish("person/laaltonen", { slack: "U0000000001" });
    await deliver(issue);
    expect(await said()).toEqual(["<@U0000000001>: Priya Venkataraghavan", "U0000000001"]);
  });

  it("finds a person written as GitLab writes the username", async () => {
    await publish("person/LAaltonen", { slack: "W0000000002" });
    await deliver(issue);
    expect(await said()).toContain("<@W0000000002>: Priya Venkataraghavan");
  });

  it("goes by the name when the document has a mistake, which is shown", async () => {
    await publish("person/laaltonen", { slack: "@leif" });
    await deliver(issue);
    expect(await said()).toEqual(["Leif Aaltonen", "Leif Aaltonen: Priya Venkataraghavan"]);
    const { items } = await admin<{ items: { documents: object[] }[] }>("/problems");
    expect(items[0]?.documents).toMatchObject([
      {
        key: "person/laaltonen",
        problem: expect.stringMatching(/^slack: expected a Slack member id such as U0123456789/),
        using: "the person's name",
      },
    ]);
  });

  it("sees a person who was named later when the event is replayed", async () => {
    const { id } = await deliver(issue);
    expect(await said()).toContain("Leif Aaltonen: Priya Venkataraghavan");
    await publish("person/laaltonen", { slack: "U0000000001" });
    await admin(`/events/${id}/replay`, { method: "POST" });
    expect(await said()).toContain("<@U0000000001>: Priya Venkataraghavan");
  });

  it("is what people are read for: no other rule asks KV for them", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Opened", on: "issue.open", to: "channel" }],
    });
    const reads = vi.spyOn(bindings.MAPPINGS, "getWithMetadata");
    await deliver(issue);
    await settled();
    const keys = reads.mock.calls.map(([key]) => String(key));
    expect(keys).toContain("mapping/gitlab/acme");
    expect(keys.filter((key) => key.startsWith("person/"))).toEqual([]);
  });
});
