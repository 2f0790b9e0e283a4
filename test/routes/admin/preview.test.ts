import { afterEach, beforeEach, describe, expect, it } from "vitest";
import slackReaction from "../../../src/console/samples/slack.reaction_added.json" with { type: "json" };
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import issueHostile from "../../fixtures/gitlab/issue.open-hostile.json" with { type: "json" };
import { deliver } from "../../webhook.ts";
import { acme, createWorld, endWorld, publish, settled } from "../../world.ts";
import { AMINA, CHANNEL, createSlackWorld } from "../../relay/slack-world.ts";
import { visit } from "./visit.ts";

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

const issue = acme(issueOpen);

const DRAFT = {
  rules: [
    {
      name: "Weighty",
      on: "issue.*",
      when: { labels: { any: ["nowhere to be found"] } },
      to: "channel",
    },
    { name: "Told", on: "issue.open", to: "channel", message: "*Draft* {{ event.title }}" },
  ],
};

async function preview(form: Record<string, unknown>): Promise<string> {
  const fields = Object.entries(form).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const response = await visit("/admin/try/preview", { form: Object.fromEntries(fields) });
  expect(response.status).toBe(200);
  return await response.text();
}

const asDraft = (payload: unknown = issue) => ({
  key: "mapping/gitlab/acme",
  text: DRAFT,
  payload,
});

describe("the preview of a draft", () => {
  it("shows the message in Slack's look, and of each rule whether it matches and why not", async () => {
    const html = await preview(asDraft());
    expect(html).toContain("<strong>Draft</strong>");
    expect(html).toContain('class="slack-look"');
    expect(html).toMatch(/does not[\s\S]*Weighty[\s\S]*labels/);
    expect(html).toMatch(/matches[\s\S]*Told/);
    expect(html).toContain("channel C0000000001, by the rule “Told”");
    // The published rule of this key is not asked: the draft stands for it.
    expect(html).not.toContain("Opened");
  });

  it("takes an event that was received, by its id, by its page and by the address of its issue", async () => {
    const { id } = await deliver(issue);
    await settled();
    const url = `https://gitlab.example.com/acme/widgets/-/issues/${issue.object_attributes.iid}`;
    const page = `https://causeway.test/admin/events/${id}`;
    for (const event of [id, `${id}.0`, page, `${page}#deliveries`, url]) {
      const html = await preview({ key: "mapping/gitlab/acme", text: DRAFT, event });
      expect(html).toContain(`href="/admin/events/${id}"`);
      expect(html).toContain("<strong>Draft</strong>");
    }
  });

  it("shows what a workflow gets as the table that is sent", async () => {
    const rules = [
      {
        name: "Flow",
        on: "issue.open",
        to: "support",
        variables: { title: "T: {{ event.title }}" },
      },
    ];
    const html = await preview({ ...asDraft(), text: { rules } });
    expect(html).toContain("The workflow gets");
    expect(html).toMatch(/<code>title<\/code>[\s\S]*T: /);
    expect(html).toMatch(/<code>url<\/code>/);
  });

  it("says that a confidential event is not told, and that a rule in shadow mode sends nothing", async () => {
    const secret = { ...issue, event_type: "confidential_issue" };
    expect(await preview(asDraft(secret))).toContain(
      "The event is confidential, and this destination has no",
    );
    const rules = [{ name: "Quiet", on: "issue.open", to: "channel", mode: "shadow" }];
    const html = await preview({ ...asDraft(), text: { rules } });
    expect(html).toContain("the rule is in shadow mode");
    expect(html).toContain("slack-message");
  });

  it("tries a destination's draft with the published rules", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: "channel" }],
    });
    const text = { type: "channel", channel: "C0000000077" };
    const html = await preview({ key: "destination/channel", text, payload: issue });
    expect(html).toContain("channel C0000000077");
    const other = await preview({ key: "destination/elsewhere", text, payload: issue });
    expect(other).toContain("Nothing of this event goes to elsewhere");
    expect(other).not.toContain("slack-message");
  });

  it("says when a mapping is not about the event", async () => {
    const html = await preview({ ...asDraft(), key: "mapping/gitlab/other" });
    expect(html).toContain(
      "mapping/gitlab/other is not about this event, which happened in acme/widgets",
    );
  });

  it("says what is wrong with a draft that cannot be used, and with a payload that is none", async () => {
    const rules = [{ name: "A", on: "issue.open", too: "channel" }];
    expect(await preview({ ...asDraft(), text: { rules } })).toContain(
      "correct it, and its message appears here",
    );
    expect(await preview({ ...asDraft(), payload: "[1]" })).toContain("not a JSON object");
    expect(await preview({ ...asDraft(), payload: "x".repeat(1_000_001) })).toContain(
      "larger than 1 MB",
    );
    const event = "https://gitlab.example.com/acme/widgets/-/issues/404";
    expect(await preview({ key: "mapping/gitlab/acme", text: DRAFT, event })).toContain(
      "Nothing was received about",
    );
    expect(await preview({ key: "mapping/gitlab/acme", text: DRAFT, event: "nonsense" })).toContain(
      "no such event",
    );
    for (const path of ["/acme/widgets", "/archives/C0123456789/p1700000000000100"]) {
      const elsewhere = {
        key: "mapping/gitlab/acme",
        text: DRAFT,
        event: `https://x.example${path}`,
      };
      expect(await preview(elsewhere)).toContain("is not the address of an issue");
    }
  });

  it("shows hostile titles as text", async () => {
    const html = await preview(asDraft(acme(issueHostile)));
    expect(html).not.toMatch(/<script|<img|onerror=[^&]*>/i);
  });

  it("writes out for viewers no more of a received event than its page does", async () => {
    const { id } = await deliver({ ...issue, user: { ...issue.user, email: "leif@example.com" } });
    await settled();
    const message = "{{ payload.user.email }} and {{ payload.object_attributes.title }}";
    const rules = [{ name: "All", on: "issue.open", to: "channel", message }];
    const form = { key: "mapping/gitlab/acme", text: JSON.stringify({ rules }), event: id };
    const seen = async (role: "view" | "edit") =>
      await (await visit("/admin/try/preview", { role, form })).text();
    expect(await seen("edit")).toContain("leif@example.com");
    const viewed = await seen("view");
    expect(viewed).not.toContain("leif@example.com");
    expect(viewed).toContain(issue.object_attributes.title);
    expect(viewed).toContain("Viewers see events without e-mail addresses");
  });

  it("is for viewers too, and changes nothing", async () => {
    const form = {
      key: "mapping/gitlab/acme",
      text: JSON.stringify(DRAFT),
      payload: JSON.stringify(issue),
    };
    const response = await visit("/admin/try/preview", { role: "view", form });
    expect(await response.text()).toContain("<strong>Draft</strong>");
    const page = await visit("/admin/documents?key=mapping/gitlab/acme", { role: "view" });
    expect(await page.text()).not.toContain("Draft");
  });
});

describe("the playground", () => {
  const alone = { key: "mapping/gitlab/*", alone: "yes" };

  it("has the mapping alone, with what is published of destinations, and channels for those that are not", async () => {
    const rules = [
      { name: "Try", on: "issue.open", to: ["channel", "nowhere"], message: "{{ event.title }}" },
    ];
    const html = await preview({ ...alone, text: { rules }, payload: issue });
    expect(html).toContain("channel C0000000001");
    expect(html).toContain("Not published, so shown as a channel&#39;s message: nowhere.");
    expect(html.match(/slack-message/g)).toHaveLength(2);
    // Of the published mapping of acme nothing is to be seen.
    expect(html).not.toContain("Opened");
  });

  it("does not call wrong what it makes up", async () => {
    const rules = [{ name: "Try", on: "issue.open", to: "nowhere" }];
    const form = { ...alone, text: JSON.stringify({ rules }) };
    const checked = await visit("/admin/try/check", { form });
    expect(await checked.json()).toEqual({ refused: false, taken: false, findings: [] });
  });

  it("takes what Slack sends", async () => {
    const rules = [{ name: "Eyes", on: "reaction.eyes", to: "thread", message: "I see" }];
    const html = await preview({
      ...alone,
      key: "mapping/slack/*",
      text: { rules },
      payload: slackReaction,
    });
    expect(html).toContain("I see");
    expect(html).toContain("in the message&#39;s thread");
  });

  it("is a page with samples, and says that nothing is sent or stored", async () => {
    const page = await (await visit("/admin/playground")).text();
    expect(page).toContain("Nothing is sent, stored or published");
    expect(page).toContain('value="sample:issue.open"');
    expect(page).toContain('src="/console/editor.js"');
    // It begins with a destination that is there.
    expect(page).toContain("to: channel");
  });
});

it("knows of an event of Slack's what Slack said of it then, which a pasted one does not", async () => {
  const { rules, react, question, events } = await createSlackWorld();
  await rules({ on: "reaction.eyes", to: "thread" });
  await react(AMINA, "eyes");
  const [event] = await events();
  const message = "Asked: {{ event.message.text }}";
  const text = { rules: [{ name: "Quote", on: "reaction.eyes", to: "thread", message }] };
  const html = await preview({ key: `mapping/slack/${CHANNEL}`, text, event: event?.id ?? "" });
  expect(html).toContain(`Asked: ${question.text}`);
  const page = await (await visit(`/admin/documents?key=mapping/slack/${CHANNEL}`)).text();
  expect(page).toContain(`<option value="${event?.id}">reaction.eyes`);
});

it("says the name of a channel that Slack was asked for", async () => {
  await visit("/admin/channel-names?channel=C0000000001", { htmx: true });
  const html = await preview(asDraft());
  expect(html).toContain("channel #support_gitlab-com, by the rule “Told”");
});
