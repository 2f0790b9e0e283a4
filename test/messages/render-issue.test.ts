import * as fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, it, test } from "vitest";
import type { IssueDraft, MadeIssue } from "../../src/gitlab/issues-api.ts";
import type { JsonObject } from "../../src/json.ts";
import { parseMapping } from "../../src/mappings/parse-document.ts";
import { renderDelivery } from "../../src/messages/render-delivery.ts";
import { issueMessage } from "../../src/messages/render-issue.ts";
import { parseSlackEvent } from "../../src/slack/parse-event.ts";
import type { SlackFacts, SlackMember } from "../../src/slack/slack-facts.ts";

const CHANNEL = "C0000000001";
const TS = "1700000000.000100";
const [AMINA, BRUNO] = ["U0000000001", "U0000000002"];
const PERMALINK = `https://acme.slack.com/archives/${CHANNEL}/p1700000000000100`;
const MARKER = `causeway:slack:${CHANNEL}:${TS}`;

type Said = {
  ts?: string;
  text?: string | null;
  channelName?: string | null;
  permalink?: string | null;
  /** Who reacted, and who wrote the message. */
  actor?: Partial<SlackMember>;
  author?: Partial<SlackMember> | null;
};

const REACTION = {
  type: "reaction_added",
  user: AMINA,
  reaction: "memo",
  item: { type: "message", channel: CHANNEL, ts: TS },
};
const PAYLOAD: JsonObject = { type: "event_callback", event: REACTION };

const MEMBER: SlackMember = { username: null, name: null, bot: false, gitlab: null };

/** The issue that a rule makes of a message. */
function made(
  said: Said = {},
  issue: object = {},
): { draft: IssueDraft; problem: string | null; answerIn: string } {
  const { ts, text, channelName, permalink, actor, author } = {
    ts: TS,
    text: "Login fails\nsince yesterday",
    channelName: "support",
    permalink: PERMALINK,
    actor: { name: "Amina" },
    author: { name: "Bruno" },
    ...said,
  };
  const event = { ...REACTION, item: { ...REACTION.item, ts } };
  const payload: JsonObject = { ...PAYLOAD, event };
  const facts: SlackFacts = {
    bot: "U0CAUSEWAY",
    channelName,
    message: {
      text,
      permalink,
      notice: null,
      byPerson: true,
      root: ts,
      isReply: false,
      author: author === null ? null : BRUNO,
    },
    people: { [AMINA]: { ...MEMBER, ...actor }, [BRUNO]: { ...MEMBER, ...author } },
    groups: {},
    unknown: [],
  };
  const rule = {
    name: "Keep",
    on: "reaction.memo",
    to: "gitlab_issue",
    issue: { project: "acme/help", ...issue },
  };
  const parsed = parseMapping(`mapping/slack/${CHANNEL}`, JSON.stringify({ rules: [rule] }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { outgoing, problem } = renderDelivery(
    { event: parseSlackEvent(payload, "an-id", facts), payload },
    parsed.value.rules[0] ?? null,
    { type: "gitlab_issue", project: "acme/help" },
  );
  if (outgoing.kind !== "issue") throw new Error(`a ${outgoing.kind} was made`);
  return { draft: outgoing.draft, problem, answerIn: outgoing.answerIn };
}

describe("the issue of a message", () => {
  it("says what the message says, where it stands and who kept it", () => {
    expect(made()).toEqual({
      answerIn: `thread:${CHANNEL}`,
      problem: null,
      draft: {
        project: "acme/help",
        title: "Login fails",
        description: [
          "> Login fails\\",
          "> since yesterday",
          "",
          "---",
          "",
          `[A message](<${PERMALINK}>) of Bruno in \\#support on Slack, kept by Amina.`,
          "",
          `<!-- ${MARKER} -->`,
        ].join("\n"),
        labels: [],
        confidential: true,
        marker: expect.stringContaining(MARKER),
      },
    });
  });

  it("mentions those whose names in GitLab are known", () => {
    const { draft } = made({ actor: { gitlab: "amina.d" }, author: { gitlab: "bruno_k-1" } });
    expect(draft.description).toContain("of @bruno_k-1 in");
    expect(draft.description).toContain("kept by @amina.d.");
  });

  test.for<[member: Partial<SlackMember>, shown: string]>([
    [{ name: "Amina", username: "amina" }, "kept by Amina."],
    [{ username: "amina" }, "kept by amina."],
    [{}, `kept by ${AMINA}.`],
    [{ gitlab: "@all", name: "Amina" }, "kept by Amina."],
    [{ gitlab: "a b", name: "Amina" }, "kept by Amina."],
    [{ gitlab: "", name: "Amina" }, "kept by Amina."],
    [{ gitlab: "x\n/close", name: "Amina" }, "kept by Amina."],
    [{ name: "@all" }, "kept by @\u200ball."],
  ])("calls %j as well as it can", ([actor, shown]) => {
    expect(made({ actor }).draft.description).toContain(shown);
  });

  it("says as much as is known", () => {
    const { draft } = made({ text: null, channelName: null, permalink: null, author: null });
    expect(draft.title).toBe(`A message in ${CHANNEL}`);
    expect(draft.description).toMatch(
      /^\*The text of the message is not known\.\*\n\n---\n\nA message in C0000000001 on Slack, kept by Amina\.\n\n/,
    );
  });

  it("is called by its channel where the message has no words", () => {
    expect(made({ text: " \n" }).draft.title).toBe("A message in #support");
    const named = made({ text: " \n", channelName: "@all of us" });
    expect(named.draft.title).toBe("A message in #@\u200ball of us");
  });

  it("has the rule's words where it has some", () => {
    const { draft } = made(
      {},
      {
        title: "Asked\n  in {{ event.channel.name }}",
        description: "By {{ event.author.name }}: {{ event.message.text }}",
        labels: ["from-slack", "channel::{{ event.channel.name }}", "{{ event.nothing }}", " "],
      },
    );
    expect(draft.title).toBe("Asked in support");
    expect(draft.description).toMatch(
      /^By Bruno: Login fails\\\nsince yesterday\n\n---\n\n\[A message\]/,
    );
    expect(draft.labels).toEqual(["from-slack", "channel::support"]);
    expect(draft.description.endsWith(`\n\n<!-- ${MARKER} -->`)).toBe(true);
  });

  it("has the default words where the rule's come to nothing", () => {
    const { draft, problem } = made(
      {},
      { title: "{{ event.nothing }} ", description: "{{ event.nothing }}" },
    );
    expect(draft.title).toBe("Login fails");
    expect(draft.description).toMatch(/^> Login fails/);
    expect(problem).toBeNull();
  });

  it("has the default words where a template fails, and says which", () => {
    const endless = "{% for a in (1..999) %}{% for b in (1..999) %}{{ b }}{% endfor %}{% endfor %}";
    const { draft, problem } = made(
      {},
      { title: endless, description: endless, labels: ["ok", endless] },
    );
    expect(draft).toMatchObject({ title: "Login fails", labels: ["ok"] });
    expect(draft.description).toMatch(/^> Login fails/);
    expect(problem?.split("; ").map((each) => each.split(":", 1)[0])).toEqual([
      "issue.description",
      "issue.title",
      "issue.labels[1]",
    ]);
  });
});

describe("an issue of what colleagues said", () => {
  test.for<[issue: object, confidential: boolean]>([
    [{}, true],
    [{ confidential: true }, true],
    [{ confidential: false }, false],
  ])("is confidential unless the rule says otherwise: %j", ([issue, confidential]) => {
    expect(made({}, issue).draft.confidential).toBe(confidential);
  });

  it("is confidential when its rule is gone", () => {
    const { outgoing } = renderDelivery(
      { event: parseSlackEvent(PAYLOAD, "an-id", null), payload: PAYLOAD },
      null,
      { type: "gitlab_issue", project: "acme/help" },
    );
    expect(outgoing).toMatchObject({ kind: "issue", draft: { confidential: true } });
  });
});

describe("hostile text in a message", () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "\n",
        "\n\n",
        " ",
        "/close",
        "/assign @root",
        "@all",
        "<!--",
        "-->",
        "---",
        "> ",
        "[",
        "](",
      ),
      fc.constantFrom(
        MARKER,
        `<!-- ${MARKER} -->`,
        "causeway:slack:",
        "https://x.test/",
        "`",
        "*",
        "#1",
        "\0",
        "\u202e",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    maxLength: 20,
  });
  const markdown = new Marked({ gfm: true });

  it("commands nothing: no line of the description begins with a slash", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (text, name, channelName) => {
        const said = { text, channelName, actor: { name }, author: { name } };
        for (const issue of [
          {},
          { description: "{{ event.message.text }}{{ event.author.name }}" },
        ])
          expect(made(said, issue).draft.description).not.toMatch(/^[ \t]*\//m);
      }),
    );
  });

  it("mentions nobody in the description", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (text, name, channelName) => {
        const { description } = made({
          text,
          channelName,
          actor: { name },
          author: { name },
        }).draft;
        const html = markdown.parse(description, { async: false });
        expect(html.replace(/<a [^>]*>.*?<\/a>|<[^>]*>/gs, " ")).not.toMatch(/@\w/);
      }),
    );
  });

  it("mentions nobody in the title, where GitLab looks too", () => {
    // GitLab's Issuable: attr_mentionable :title, pipeline: :single_line
    expect(made({ text: "@all look at this" }).draft.title).not.toMatch(/@\w/);
    expect(made({}, { title: "{{ event.author.name }}" }).draft.title).toBe("Bruno");
    const title = "{{ event.message.text }}";
    expect(made({ text: "@all look at this" }, { title }).draft.title).not.toMatch(/@\w/);
  });

  it("cannot stand in the mark of another message", () => {
    const ts = "1600000000.000100";
    const other = made({ ts }).draft.marker;
    expect(other).toContain(ts);
    for (const text of [
      other,
      `<!-- ${other} -->`,
      `\`${other}\``,
      `https://x.test/${other}`,
      `https://x.test/?${other}`,
    ]) {
      const { description } = made({ text, actor: { name: text }, channelName: text }).draft;
      expect([text, description.includes(other)]).toEqual([text, false]);
    }
  });

  it("leaves the mark at the end, once, in a comment of its own", () => {
    fc.assert(
      fc.property(hostile, hostile, (text, name) => {
        const { description, marker } = made({ text, actor: { name }, author: { name } }).draft;
        expect(description).toContain(marker);
        expect(description.endsWith(`\n\n<!-- ${MARKER} -->`)).toBe(true);
        expect(description.split("<!--")).toHaveLength(2);
        const html = markdown.parse(description, { async: false });
        expect(html.trimEnd().endsWith(`<!-- ${MARKER} -->`)).toBe(true);
      }),
    );
  });

  it("makes no label of its own", () => {
    const labels = ["by::{{ event.reactor.name }}"];
    const { draft } = made({ actor: { name: "x,confidential,priority::1" } }, { labels });
    // GitLab takes labels as one text, with commas between them.
    expect(draft.labels.join(",").split(",")).toHaveLength(1);
  });

  it("has a title of one line", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const issue of [{}, { title: "{{ event.message.text }}" }]) {
          const { title } = made({ text }, issue).draft;
          expect(title).toBe(title.trim());
          expect(title).not.toMatch(/[\n\r\t]/);
          expect(title).not.toBe("");
        }
      }),
    );
  });
});

describe("the answer that an issue was made", () => {
  const ISSUE: MadeIssue = {
    url: "https://gitlab.test/acme/help/-/issues/7",
    iid: 7,
    title: "Login fails",
    reference: "acme/help#7",
    found: false,
  };

  it("leads to the issue", () => {
    const text = `Kept as <${ISSUE.url}|acme/help#7>: Login fails`;
    expect(issueMessage(ISSUE, null)).toEqual({
      text,
      blocks: [
        { type: "section", text: { type: "mrkdwn", text: `:memo: ${text}`, verbatim: true } },
      ],
    });
  });

  it("says when it was made before", () => {
    expect(issueMessage({ ...ISSUE, found: true }, null).text).toMatch(/^This is kept as <https:/);
  });

  it("warns of what went wrong, and nothing in it is markup", () => {
    const { text, blocks } = issueMessage({ ...ISSUE, title: "<!channel> *x*" }, "<!here> & more");
    expect(text).toContain("&lt;!channel&gt; \u2217x\u2217");
    expect(JSON.stringify(blocks)).not.toContain("<!");
    expect(JSON.stringify(blocks?.[1])).toContain(":warning: &lt;!here&gt; &amp; more");
  });
});
