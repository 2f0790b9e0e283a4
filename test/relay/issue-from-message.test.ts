import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { admin } from "../webhook.ts";
import { endWorld, evict, publish, settled, step } from "../world.ts";
import { AMINA, CHANNEL, CHEN, createSlackWorld, RELAY, type SlackWorld } from "./slack-world.ts";

const TICKET = {
  on: ["reaction.ticket", "shortcut.issue"],
  to: "gitlab_issue",
  message: undefined,
  issue: { project: "acme/widgets" },
};

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld();
});
afterEach(endWorld);

async function useShortcut(user: string, callbackId = "issue"): Promise<void> {
  await world.slack.people.useShortcut(user, world.question, callbackId);
  await settled(RELAY);
}

async function wait(milliseconds = 2_000): Promise<void> {
  await step(milliseconds, RELAY);
}

describe("an issue from a message", () => {
  it("is made by a reaction, leads back to Slack, and its thread is told", async () => {
    await publish("person/chen.wei", { slack: CHEN });
    await world.rules(TICKET);
    await world.react(CHEN, "ticket");
    const [issue] = world.gitlab.issues;
    expect(world.gitlab.issues).toHaveLength(1);
    expect(issue).toMatchObject({
      project: "acme/widgets",
      title: "Can somebody look at this ticket?",
      confidential: true,
    });
    expect(issue?.description).toBe(
      [
        "> Can somebody look at this ticket?",
        "---",
        `[A message](<https://causeway-sandbox.slack.com/archives/${CHANNEL}/p${world.question.ts.replace(".", "")}>) of bruno in \\#support\\_gitlab-com on Slack, kept by @chen.wei.`,
        `<!-- causeway:slack:${CHANNEL}:${world.question.ts} -->`,
      ].join("\n\n"),
    );
    expect(world.answers()).toMatchObject([
      {
        threadTs: world.question.ts,
        text: `Kept as <https://gitlab.test/acme/widgets/-/issues/1|acme/widgets#1>: Can somebody look at this ticket?`,
      },
    ]);
    const [event] = await world.events();
    expect(event).toMatchObject({
      state: "delivered",
      deliveries: [
        { destination: "gitlab_issue", address: "acme/widgets", state: "delivered" },
        { destination: "thread", state: "delivered" },
      ],
    });
  });

  it("has the texts and labels of the rule", async () => {
    await world.rules({
      ...TICKET,
      message: "{{ event.issue.reference | link: event.issue.url }} by {{ event.reactor.name }}",
      issue: {
        project: "acme/widgets",
        title: "Slack: {{ event.message.text | truncate_words: 3 }}",
        description: "Asked by {{ event.author.name }}: {{ event.message.text }}",
        labels: ["from-slack", "{{ event.channel.name }}"],
        confidential: false,
      },
    });
    await world.react(CHEN, "ticket");
    expect(world.gitlab.issues).toMatchObject([
      {
        title: "Slack: Can somebody look…",
        labels: ["from-slack", "support_gitlab-com"],
        confidential: false,
        description: expect.stringMatching(/^Asked by bruno: Can somebody look at this ticket\?\n/),
      },
    ]);
    expect(world.answers()[0]?.text).toBe(
      "<https://gitlab.test/acme/widgets/-/issues/1|acme/widgets#1> by chen",
    );
  });

  it("is made once, whoever asks again, by whichever rule or shortcut", async () => {
    await world.rules(TICKET, {
      ...TICKET,
      on: "reaction.memo",
      issue: { project: "acme/other" },
    });
    await world.react(CHEN, "ticket");
    await world.react(AMINA, "ticket");
    await world.react(AMINA, "memo");
    await useShortcut(CHEN);
    await wait();
    expect(world.gitlab.issues).toHaveLength(1);
    const said = world.answers().map(({ onlyFor, text }) => [onlyFor, text.slice(0, 15)]);
    expect(said).toEqual([
      [null, "Kept as <https:"],
      [AMINA, "This is kept as"],
      [CHEN, "This is kept as"],
    ]);
  });

  it("is made once although a replay asks for it", async () => {
    await world.rules(TICKET);
    await world.react(CHEN, "ticket");
    const [event] = await world.events();
    await admin(`/events/${event?.id}/replay`, { method: "POST" });
    await wait();
    expect(world.gitlab.issues).toHaveLength(1);
    expect(world.answers()).toHaveLength(2);
  });

  it("is made once although GitLab's answer was lost", async () => {
    await world.rules(TICKET);
    world.gitlab.faults.push({ method: "POST", answer: "cut", after: true });
    await world.react(CHEN, "ticket");
    expect(world.gitlab.issues).toHaveLength(1);
    expect(world.answers()).toEqual([]);
    await evict(RELAY);
    // GitLab may go on with it for a while: nobody looks before that.
    await wait(60_000);
    expect(world.answers()).toEqual([]);
    await wait(40_000);
    expect(world.gitlab.issues).toHaveLength(1);
    expect(world.answers()).toMatchObject([{ text: expect.stringMatching(/^Kept as/) }]);
  });

  it("waits, with what to do, while GitLab refuses the token, and for a project that is missing", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    await world.rules(
      { ...TICKET, issue: { project: "acme/one-missing" } },
      { ...TICKET, on: "reaction.memo" },
    );
    await world.react(CHEN, "ticket");
    expect(await admin("/problems")).toMatchObject({
      items: [
        {
          pauses: [
            { destination: "gitlab_issue:acme/one-missing", code: "gitlab_project_not_found" },
          ],
        },
      ],
    });
    expect(world.answers()).toMatchObject([
      {
        text: expect.stringContaining("Causeway cannot deliver to the issues of acme/one-missing"),
      },
    ]);
  });

  it("is refused a shortcut where no rule makes any, and the person is told how", async () => {
    await world.rules({ on: "reaction.x", to: "thread" });
    await useShortcut(AMINA);
    expect(world.answers()).toMatchObject([
      {
        onlyFor: AMINA,
        text: expect.stringContaining("`on: shortcut.issue` to `mapping/slack/C0000000001`"),
      },
    ]);
  });

  it("by a shortcut needs no scope to read messages, and keeps nothing short-lived", async () => {
    world.slack.workspace.scopes.delete("channels:history");
    await world.rules(TICKET);
    await useShortcut(AMINA);
    expect(world.gitlab.issues).toMatchObject([{ title: "Can somebody look at this ticket?" }]);
    const [event] = await world.events();
    expect(JSON.stringify(event)).not.toMatch(/response_url|trigger_id/);
  });
});
