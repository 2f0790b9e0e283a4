import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { AMINA, CHANNEL, createSlackWorld, type SlackWorld } from "../relay/slack-world.ts";
import { admin, deliver } from "../webhook.ts";
import { acme, bindings, endWorld, publish, settled, step } from "../world.ts";

const url = "https://gitlab.example.com/acme/widgets/-/issues/1287";
const issue = acme({
  ...issueOpen,
  object_attributes: { ...issueOpen.object_attributes, iid: 1287, url },
});

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld({
    "destination/here": { type: "channel", channel: CHANNEL, limit: "none" },
    "destination/flow": {
      type: "workflow",
      url: "secret:TRIGGER_URL",
      limit: "none",
      channel: CHANNEL,
    },
  });
});
afterEach(endWorld);

/** A notice of an issue, by the bot or by a workflow. */
async function notice(to: string, body: unknown = issue, documents: object = {}) {
  await bindings.MAPPINGS.put(
    "mapping/gitlab/acme",
    JSON.stringify({
      rules: [
        { name: "Only bugs", on: "issue.open", when: { labels: "type::bug-*" }, to },
        {
          name: "New issues",
          on: "issue.*",
          to,
          variables: { title: "{{ event.title }}", url: "{{ event.url }}" },
          ...documents,
        },
      ],
    }),
    { metadata: { by: "Amina" } },
  );
  await deliver(body);
  await settled();
  const found = world.slack.workspace.messages.findLast(({ via }) => via !== "person");
  if (found === undefined) throw new Error("nothing was posted");
  return found;
}

function told(user: string): string[] {
  return world.slack.workspace.messages
    .filter(({ onlyFor }) => onlyFor === user)
    .map(({ text }) => text);
}

describe("asking why a message came", () => {
  it("with :question: on the bot's notice is answered to who asks: rule, mapping, event, time, editor", async () => {
    const message = await notice("here");
    await world.react(AMINA, "question", message);
    expect(told(AMINA)).toHaveLength(1);
    const [said = ""] = told(AMINA);
    expect(said).toContain("The rule “New issues” of `mapping/gitlab/acme` sent it to `here`.");
    expect(said).toContain("The event was `issue.open`, about <");
    expect(said).toMatch(/From (GitLab|Causeway) to Slack: [\d.]+ (s|min|h|d) /);
    expect(said).toMatch(
      /This version of the mapping is in use since <!date\^\d+\^.*>; published by Amina\./,
    );
  });

  it("with the shortcut is answered too, and costs no scope", async () => {
    const message = await notice("here");
    world.slack.workspace.scopes.delete("channels:history");
    await world.slack.people.useShortcut(AMINA, message, "why");
    await expect.poll(() => told(AMINA)).toHaveLength(1);
    expect(told(AMINA)[0]).toContain("The rule “New issues”");
  });

  it("of a workflow's message is found by the address in it", async () => {
    const message = await notice("flow");
    world.slack.workspace.update(message, { text: `New: ${url}`, blocks: [] });
    await world.react(AMINA, "question", message);
    expect(told(AMINA)[0]).toContain("sent it to `flow`");
  });

  it("says nothing of what is confidential", async () => {
    await publish("destination/here", { type: "channel", channel: CHANNEL, confidential: true });
    const message = await notice("here", {
      ...issue,
      object_attributes: { ...issue.object_attributes, confidential: true },
    });
    await world.react(AMINA, "question", message);
    const [said = ""] = told(AMINA);
    expect(said).toContain("The event is confidential");
    expect(said).not.toContain(issue.object_attributes.title);
    expect(said).not.toContain(url);
  });

  it("knows who published the same text again", async () => {
    const message = await notice("here");
    const text = await bindings.MAPPINGS.get("mapping/gitlab/acme");
    await bindings.MAPPINGS.put("mapping/gitlab/acme", text ?? "", { metadata: { by: "Bruno" } });
    await step(100_000);
    await deliver({ ...issue, object_attributes: { ...issue.object_attributes, action: "close" } });
    await settled();
    await world.react(AMINA, "question", message);
    expect(told(AMINA)[0]).toContain("; published by Bruno.");
  });

  it("tells nobody in one channel what was said in another", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    const secret = world.slack.people.say("U0000000002", CHANNEL, "Dana is leaving on Friday");
    await world.rules({ on: "reaction.sos", to: "alerts", message: "Somebody needs a manager." });
    await world.react("U0000000002", "sos", secret);
    const posted = world.slack.workspace.messages.find(({ channel }) => channel === "C0000000005");
    if (posted === undefined) throw new Error("nothing was posted");
    await world.react(AMINA, "question", posted);
    expect(told(AMINA)[0]).toContain("The event was `reaction.sos`.");
    expect(told(AMINA)[0]).not.toContain("Dana");
  });

  it("makes no Relay of whatever somebody asks about", async () => {
    for (let n = 0; n < 3; n += 1) {
      await world.slack.people.command(
        AMINA,
        CHANNEL,
        `why https://gitlab.test/made-up-${n}/x/-/issues/1`,
      );
    }
    const { namespaces } = await admin<{ namespaces: unknown[] }>("/ledger");
    expect(namespaces).toEqual([]);
    expect(told(AMINA)[0]).toContain("Causeway knows of no event about");
  });

  it("about somebody's own message is left to the rules", async () => {
    await world.rules({ on: "reaction.question", to: "ephemeral", message: "Ask in #help." });
    await world.react(AMINA, "question");
    expect(told(AMINA)).toEqual(["Ask in #help."]);
  });

  it("is not told of a notice whose mark was copied into another channel", async () => {
    const message = await notice("here");
    const elsewhere = world.slack.workspace.post({
      via: "bot",
      path: "",
      channel: "C0000000002",
      poster: "causeway",
      user: "U0CAUSEWAY",
      text: "copied",
      blocks: message.blocks,
    });
    await world.react(AMINA, "question", elsewhere);
    expect(told(AMINA)).toEqual([]);
    const events = await world.events();
    expect(events.find(({ types }) => types[0] === "reaction.question")?.reason).toBe(
      "no mapping for its channel",
    );
  });
});

describe("the slash command", () => {
  it("why says what became of an issue, and each rule's first false condition", async () => {
    await notice("here");
    await world.slack.people.command(AMINA, CHANNEL, `why ${url}`);
    const [said = ""] = told(AMINA);
    expect(said).toContain("*What became of* <");
    expect(said).toMatch(/→ `here`: delivered/);
    expect(said).toMatch(
      /:heavy_minus_sign: \*Only bugs\* of `mapping\/gitlab\/acme`: labels: found .*; wanted any of "type::bug-∗"/,
    );
    expect(said).toMatch(
      /:white_check_mark: \*New issues\* of `mapping\/gitlab\/acme`: matched: to here/,
    );
  });

  it("why of something that never came says where to look", async () => {
    await world.slack.people.command(
      AMINA,
      CHANNEL,
      "why https://gitlab.test/acme/widgets/-/issues/999",
    );
    expect(told(AMINA)[0]).toContain("Causeway knows of no event about");
    expect(told(AMINA)[0]).toContain("Settings > Webhooks of `acme/widgets`");
  });

  it("why tells nobody of what is confidential, and guests nothing at all", async () => {
    await notice(
      "here",
      { ...issue, object_attributes: { ...issue.object_attributes, confidential: true } },
      {},
    ).catch(() => undefined);
    await world.slack.people.command(AMINA, CHANNEL, `why ${url}`);
    expect(told(AMINA)[0]).toMatch(/^That is confidential, so it is not told here/);
    const guest = world.slack.workspace.member("U0000000003");
    if (guest === undefined) throw new Error("no member");
    guest.isGuest = true;
    await world.slack.people.command("U0000000003", CHANNEL, `why ${url}`);
    expect(told("U0000000003")).toEqual(["Only full members of this workspace can ask that."]);
  });

  it("rules says what the channel receives and what is answered in it", async () => {
    await notice("flow");
    await world.rules({ name: "Escalation", on: "reaction.escalate", to: "thread" });
    await world.slack.people.command(AMINA, CHANNEL, "rules");
    const [said = ""] = told(AMINA);
    expect(said.split("\n")).toEqual([
      "*This channel is told*",
      expect.stringMatching(
        /^• \*Only bugs\*: when an issue is opened, if its labels include type::bug-∗ in `acme`$/,
      ),
      "• *New issues*: when anything happens to an issue in `acme`",
      "*Answered in this channel*",
      "• *Escalation*: when somebody reacts with :escalate:, answered in the thread",
    ]);
    await publish("mapping/slack/*", {
      rules: [{ name: "Everywhere", on: "reaction.wave", to: "dm", message: "Hello" }],
    });
    await publish(`mapping/slack/${CHANNEL}`, { inherit: false, rules: [] });
    await world.slack.people.command(AMINA, CHANNEL, "rules");
    expect(told(AMINA)[1]).not.toContain("Everywhere");
    await world.slack.people.command(AMINA, "C0000000003", "rules");
    expect(told(AMINA)[2]).toContain(
      "• *Everywhere*: when somebody reacts with :wave:, answered in a direct message",
    );
    await bindings.MAPPINGS.delete("mapping/slack/*");
    await world.slack.people.command(AMINA, "C0000000004", "rules");
    expect(told(AMINA)[3]).toContain("No rule tells or answers anything in this channel");
  });

  it("explains itself", async () => {
    await world.slack.people.command(AMINA, CHANNEL, "");
    await world.slack.people.command(AMINA, CHANNEL, "wy");
    expect(told(AMINA)[0]).toContain("`/causeway rules`");
    expect(told(AMINA)[1]).toMatch(/^There is no `\/causeway wy`/);
  });
});
