import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueClose from "../fixtures/gitlab/issue.close.json" with { type: "json" };
import closeUpdate from "../fixtures/gitlab/issue.close-update.json" with { type: "json" };
import closeUpdateLabels from "../fixtures/gitlab/issue.close-update-labels.json" with { type: "json" };
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import mergeRequestCloseUpdate from "../fixtures/gitlab/merge_request.close-update.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import { acme, createWorld, endWorld, publish, settled, type World } from "../world.ts";

const issue = acme(issueOpen);

describe("an event on its way to Slack", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(endWorld);

  function rule(extra: Record<string, unknown>): Record<string, unknown> {
    return { rules: [{ name: "Opened", on: "issue.open", ...extra }] };
  }

  it("fills a workflow's variables: all declared ones, each a text", async () => {
    await deliver(issue);
    await settled();
    expect(world.slack.workspace.messages.map((message) => message.variables)).toEqual([
      { title: issue.object_attributes.title, url: issue.object_attributes.url },
    ]);
  });

  it("reaches a channel by the bot and an incoming webhook, blocks and all", async () => {
    await publish(
      "mapping/gitlab/acme",
      rule({ to: ["channel", "hook"], message: "*{{ event.actor.name }}* asks: {{ event.link }}" }),
    );
    const { id } = await deliver(issue);
    await settled();
    const { messages } = world.slack.workspace;
    expect(messages.map(({ via }) => via).toSorted()).toEqual(["bot", "webhook"]);
    const said = `*${issue.user.name}* asks: <${issue.object_attributes.url}|${issue.object_attributes.title}>`;
    for (const message of messages) {
      expect(message.text).toBe(said);
      expect(message.blocks).toEqual([
        {
          type: "section",
          text: { type: "mrkdwn", text: said, verbatim: true },
          // By this whoever asks about the message can be told.
          block_id: expect.stringMatching(new RegExp(`^causeway:${id}\\.\\d$`)),
        },
      ]);
    }
  });

  it("reaches one destination once, by the nearest mapping, although more rules and types match", async () => {
    await publish("mapping/gitlab/acme/widgets", {
      rules: [
        { name: "Near", on: ["issue.open", "issue.*"], to: "channel", message: "near" },
        { name: "Near again", on: "*", to: "channel", message: "again" },
      ],
    });
    await publish("mapping/gitlab/acme", rule({ to: ["channel", "hook"], message: "far" }));
    await publish("mapping/gitlab/*", rule({ to: "hook", message: "farthest" }));
    const { id } = await deliver(issue);
    await settled();
    expect(
      world.slack.workspace.messages.map(({ via, text }) => `${via}: ${text}`).toSorted(),
    ).toEqual(["bot: near", "webhook: far"]);
    const { rules } = await admin<{ rules: { rule: string; matched: boolean; why: string }[] }>(
      `/events/${id}`,
    );
    expect(rules.map((each) => each.why)).toEqual([
      "matched: to channel",
      'matched: not to channel, which the rule "Near" already reached',
      'matched: not to channel, which the rule "Near" already reached; to hook',
      'matched: not to hook, which the rule "Opened" already reached',
    ]);
  });

  it("is filtered with the reason, and each rule says its first false condition", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        { name: "Closed", on: "issue.close", to: "support" },
        {
          name: "Labeled",
          on: "issue.open",
          when: { labels: { any: ["License*"] } },
          to: "support",
        },
        { name: "Off", on: "issue.open", enabled: false, to: "support" },
        { name: "Heavy", on: "issue.open", when: { if: "event.issue.weight >= 3" }, to: "support" },
      ],
    });
    const { id } = await deliver({
      ...issue,
      labels: [],
      object_attributes: { ...issue.object_attributes, weight: 1 },
    });
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "filtered",
      reason: "no rule matched",
      deliveries: [],
      rules: [
        { rule: "Closed", matched: false, why: "on: the event is issue.open; wanted issue.close" },
        {
          rule: "Labeled",
          matched: false,
          why: 'labels: the event has none; wanted any of "License*"',
        },
        { rule: "Off", matched: false, why: "switched off (enabled: false)" },
        {
          rule: "Heavy",
          matched: false,
          why: "if: event.issue.weight >= 3 is false; event.issue.weight is 1",
        },
      ],
    });
    expect(world.fetched()).toBe(0);
  });

  it("says a close once, although GitLab sends an update along with it", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: ["issue.*", "merge_request.*"], to: "channel" }],
    });
    const ids: string[] = [];
    for (const body of [issueClose, closeUpdate, closeUpdateLabels, mergeRequestCloseUpdate]) {
      ids.push((await deliver(acme(body))).id);
    }
    await settled();
    const said = world.slack.workspace.messages.map(({ text }) => text);
    expect(said).toEqual([
      expect.stringContaining("closed issue"),
      // The same update, but labels changed as well.
      expect.stringContaining("removed `workflow::in dev` from issue"),
    ]);
    expect(await admin(`/events/${ids[1]}`)).toMatchObject({
      state: "filtered",
      types: ["issue.update"],
      rules: [
        {
          why: "on: the event is issue.update; this update came along with a close or reopen, which is an event of its own; wanted issue.* or merge_request.*",
        },
      ],
    });
  });

  it("says it in one line where the rule wants it compact", async () => {
    await publish("mapping/gitlab/acme", rule({ to: "channel", style: "compact" }));
    await deliver(issue);
    await settled();
    const [message] = world.slack.workspace.messages;
    expect(message?.blocks).toMatchObject([
      {
        type: "section",
        text: { text: expect.stringMatching(/^\*Leif Aaltonen\* opened issue .* · /) },
      },
    ]);
  });

  it("goes only to destinations that may be told when it is confidential", async () => {
    await publish("destination/hook", {
      type: "webhook",
      url: "https://slack.test/services/T0CAUSEWAY/B0000000001/000000000000000000000001",
      confidential: true,
    });
    await publish("mapping/gitlab/acme", rule({ to: ["channel", "hook", "support"] }));
    const { id } = await deliver(issue, { hook: "Confidential Issue Hook" });
    await settled();
    expect(world.slack.workspace.messages.map(({ via }) => via)).toEqual(["webhook"]);
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "delivered",
      deliveries: [
        { destination: "channel", state: "filtered", reason: "confidential" },
        { destination: "hook", state: "delivered" },
        { destination: "support", state: "filtered", reason: "confidential" },
      ],
    });
  });

  it("is only recorded in shadow mode", async () => {
    await publish(
      "mapping/gitlab/acme",
      rule({ to: "channel", mode: "shadow", message: "shadow of {{ event.title }}" }),
    );
    const { id } = await deliver(issue);
    await settled();
    expect(world.fetched()).toBe(0);
    expect(await admin(`/events/${id}`)).toMatchObject({
      state: "filtered",
      deliveries: [
        { state: "shadow", content: { text: `shadow of ${issue.object_attributes.title}` } },
      ],
    });
  });

  it("is told with the default message when the template fails, and says so", async () => {
    await publish(
      "mapping/gitlab/acme",
      rule({
        to: "channel",
        message: "{% for i in (1..999) %}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{% endfor %}",
      }),
    );
    const { id } = await deliver(issue);
    await settled();
    const [message] = world.slack.workspace.messages;
    expect(message?.text).toContain(issue.object_attributes.title);
    expect(JSON.stringify(message?.blocks)).toContain("could not be made");
    const shown = await admin<{ deliveries: { reason: string }[] }>(`/events/${id}`);
    expect(shown.deliveries[0]?.reason).toMatch(/^template: /);
  });

  it("is told with the default message when a condition has no answer, and says so", async () => {
    await publish(
      "mapping/gitlab/acme",
      rule({ to: "channel", when: { if: "event.issue.no_such_field == 1" }, message: "words" }),
    );
    const { id } = await deliver(issue);
    await settled();
    const [message] = world.slack.workspace.messages;
    expect(message?.text).toContain(issue.object_attributes.title);
    expect(JSON.stringify(message?.blocks)).toContain("has no answer (No such key: no_such_field");
    expect(await admin(`/events/${id}`)).toMatchObject({
      deliveries: [{ reason: expect.stringMatching(/^condition: No such key/) }],
      rules: [{ matched: true, why: expect.stringContaining("`if` has no answer") }],
    });
  });

  it("that is of no known kind is accepted, and its payload is there for templates", async () => {
    await publish("mapping/gitlab/*", {
      rules: [{ name: "Any", on: "unknown", to: "channel", message: "{{ payload.greeting }}" }],
    });
    expect(await deliver({ greeting: "hello" })).toMatchObject({ status: 202, said: "accepted" });
    await settled("gitlab/-");
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual(["hello"]);
  });
});
