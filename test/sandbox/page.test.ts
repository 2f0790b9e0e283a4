import { describe, expect, it, test } from "vitest";

import { renderMrkdwn, renderTemplate } from "../../src/slack-look/render-mrkdwn.ts";
import { AMINA, section, slackWithCalls, SUPPORT } from "./calls.ts";

const names = (id: string) => ({ U1: "Ada", C1: "general" })[id];

describe("mrkdwn", () => {
  test.for<[string, string]>([
    ["*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <del>gone</del>"],
    ["2*3*4 a_b_c * d *", "2*3*4 a_b_c * d *"],
    ["`*code* <@U1>`", "<code>*code* &lt;@U1&gt;</code>"],
    ["a\nb", "a<br>b"],
    ["```\n*a*\n<b>\n```", "<pre>*a*\n&lt;b&gt;</pre>"],
    ["&gt; one\n&gt; two\nthree", "<blockquote>one<br>two</blockquote>three"],
    ["<@U1> in <#C1> and <#C2|random>", ["@Ada", "#general", "#random"].map(mention).join("|")],
    ["<!here> <!subteam^S1|@team> <@U9>", ["@here", "@team", "@U9"].map(mention).join("|")],
    ["<!date^1^{date}|yesterday>", "yesterday"],
    [":red_circle: :unheard_of:", "🔴 :unheard_of:"],
    [
      "*<https://a.b/?c=1&amp;d=2|a &lt;b&gt;>*",
      '<strong><a href="https://a.b/?c=1&amp;d=2" target="_blank" rel="noopener noreferrer">a &lt;b&gt;</a></strong>',
    ],
    [
      "see https://a.b/c_d_e.",
      'see <a href="https://a.b/c_d_e" target="_blank" rel="noopener noreferrer">https://a.b/c_d_e</a>.',
    ],
    ["<javascript:alert(1)|x>", "&lt;javascript:alert(1)&gt;"],
    ['<https://a.b"onx=1|x>', "&quot;onx=1"],
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    ["&lt;!channel&gt; &amp;amp;", "&lt;!channel&gt; &amp;amp;"],
    ["\uE000 <@U1>", mention("@Ada")],
  ])("renders %j", async ([text, expected]) => {
    const rendered = await renderMrkdwn(text, { names });
    for (const part of expected.split("|")) expect(rendered.toString()).toContain(part);
  });

  it("puts variables into a workflow's message as text, whatever they hold", async () => {
    const rendered = await renderTemplate(
      "*New:* {{title}} {{gone}}",
      { title: "*a* <@U1> <b> https://c.d" },
      { names },
    );
    expect(rendered.toString()).toBe(
      '<strong>New:</strong> *a* &lt;@U1&gt; &lt;b&gt; <a href="https://c.d" target="_blank" rel="noopener noreferrer">https://c.d</a> ',
    );
  });

  function mention(name: string) {
    return `<span class="slack-mention">${name}</span>`;
  }
});

describe("the page", () => {
  const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"'`;

  it("tells a newcomer what to type", async () => {
    const { send } = slackWithCalls();
    expect(await (await send("/", {})).text()).toContain("npm run sample -- issue.open");
  });

  it("shows the channel of the newest message unless one is chosen", async () => {
    const { api, send } = slackWithCalls();
    await api("chat.postMessage", { channel: SUPPORT, text: "first of all" });
    await api("chat.postMessage", { channel: "causeway-alerts", text: "last of all" });
    expect(await (await send("/", {})).text()).toContain("last of all");
    expect(await (await send(`/?channel=${SUPPORT}`, {})).text()).toContain("first of all");
  });

  it("names an emoji without a picture, and lets one react to what all can see", async () => {
    const { api, people, send } = slackWithCalls();
    const message = people.say("amina", SUPPORT, "a");
    await people.react("bruno", message, "escalate");
    await people.react("chen", message, "ticket");
    const page = await (await send("/", {})).text();
    expect(page).toContain("Bruno Keller reacted with :escalate:");
    expect(page).toMatch(/:escalate:\s+1/);
    expect(page).toMatch(/🎫\s+1/);
    expect(page.split('class="tools"')).toHaveLength(2);
    await api("chat.postEphemeral", { channel: SUPPORT, user: AMINA, text: "psst" });
    const after = await (await send("/", {})).text();
    expect(after).toContain("Only visible to Amina Diallo");
    expect(after.split('class="tools"')).toHaveLength(2);
  });

  it("escapes whatever arrives, and lets nothing run that it does not serve itself", async () => {
    const { api, post, send, trigger, webhook } = slackWithCalls();
    await post(trigger.path, { title: hostile, [hostile]: hostile });
    await post(webhook.path, { text: hostile });
    await api("chat.postMessage", {
      channel: SUPPORT,
      text: hostile,
      blocks: [
        section(hostile),
        { type: "header", text: { type: "plain_text", text: "<b>h</b>" } },
        {
          type: "context",
          elements: [{ type: "image", alt_text: hostile, image_url: "https://a.b/c.png" }],
        },
        {
          type: "actions",
          elements: [
            {
              type: "button",
              text: { type: "plain_text", text: hostile },
              url: "javascript:alert(1)",
              style: hostile,
            },
          ],
        },
        { type: "markdown", text: hostile },
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "text", text: hostile },
                { type: "link", url: "javascript:alert(1)" },
              ],
            },
          ],
        },
      ],
    });
    const answer = await send(`/?channel=${SUPPORT}`, {});
    const page = await answer.text();
    expect(page).toContain("&lt;script&gt;alert(1)");
    expect(page).not.toMatch(/<script>|<img|<b>h|href="javascript|src="http/);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});
