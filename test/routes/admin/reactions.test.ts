import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Publish } from "../../../src/publishing/publish.ts";
import { ask } from "../../publishing/publisher-world.ts";
import { createWorld, DOCUMENTS, endWorld, type World } from "../../world.ts";
import { saidTo } from "./said-to.ts";
import { visit } from "./visit.ts";

/** As somebody wrote it: the layout, the order of the keys and the numbers are to stay. */
const OUTAGES = `{
  "inherit": true,
  "rules": [
    {"name": "How to escalate", "to": "thread", "on": ["reaction.escalate", "reaction.:thumbsup:"], "message": "Use <https://example.com/f|the form>, {{ event.actor.name }}.", "cooldown": "10m"},
    {"name": "Eyes", "on": "reaction.eyes", "who": {"not": "bots"}, "to": "ephemeral", "message": "Somebody looks."},
    {"name": "Off", "on": "reaction.red_*", "to": "thread", "message": "Red", "enabled": false},
    {"name": "Both", "on": "reaction.tada", "to": ["thread", "channel"], "message": "Hooray"},
    {"name": "Welcome", "on": "member_joined", "to": "dm", "message": "Hello"}
  ]
}`;
const EVERYWHERE = JSON.stringify({
  rules: [
    { name: "Escalate", on: "reaction.escalate", to: "thread", message: "Ask your lead." },
    { name: "Ticket", on: "reaction.ticket", to: "dm", mode: "shadow", message: "Make a ticket." },
  ],
});
const DOCS = {
  ...DOCUMENTS,
  "mapping/slack/C0000000001": OUTAGES,
  "mapping/slack/*": EVERYWHERE,
  "mapping/slack/C0000000002": '{"rules":[{"name":"x"}]}',
};
const CELL = "/admin/reactions?channel=C0000000001&emoji=escalate";

let world: World;

beforeEach(async () => {
  world = await createWorld(DOCS);
});
afterEach(endWorld);

const look = async (path: string, options = {}): Promise<string> =>
  await (await visit(path, options)).text();
const textOf = async (key: string): Promise<string> =>
  (await ask<{ text: string }>(`/documents/${key}`)).body.text;
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll("&quot;", '"') ?? "";

/** The form of a cell as a browser would send it, with other words. */
async function filledIn(text: string, path = CELL): Promise<Record<string, string>> {
  const html = await look(path);
  const fields = ["channel", "on", "rule", "version", "to"].map((name) => [
    name,
    hidden(html, name),
  ]);
  return { ...Object.fromEntries(fields), text };
}

describe("/admin/reactions", () => {
  it("shows what each channel answers to each emoji, and where", async () => {
    const html = await look("/admin/reactions");
    for (const column of [":escalate:", ":+1:", ":eyes:", ":red_*:", "joining"]) {
      expect(html).toContain(`<th scope="col">${column}</th>`);
    }
    expect(html).not.toContain("thumbsup:</th>");
    expect(html).toContain("Use &lt;https://example.com/f|the form&gt;, ‹actor.name›.");
    expect(html).toContain("to that person only");
    expect(html).toContain("unless it is a bot");
    expect(html).toContain("at most every 10m");
    expect(html).toContain("off</span>");
    expect(html).toContain("shadow</span>");
    expect(html).toContain("as everywhere</span>");
    // The channel's own words come first: those for every channel have no turn there.
    expect(html.match(/Ask your lead\./g)).toHaveLength(1);
  });

  it("names the mappings that cannot be used, with their problem", async () => {
    const html = await look("/admin/reactions");
    expect(html).toContain("mapping/slack/C0000000002");
    expect(html).toContain("rules[0].on");
  });

  it("finds channels, emoji and words", async () => {
    const html = await look("/admin/reactions?q=somebody%20looks");
    expect(html).toContain(":eyes:");
    expect(html).not.toContain(":escalate:");
    expect(await look("/admin/reactions?q=nothing-has-this")).toContain("Nothing here has");
  });

  it("shows one channel, and says its name once Slack was asked", async () => {
    expect(await look("/admin/reactions")).toMatch(
      /hx-get="\/admin\/channel-names\?[^"]*channel=C0000000001/,
    );
    const names = await look("/admin/channel-names?channel=C0000000001", { htmx: true });
    expect(names).toContain("#support_gitlab-com");
    expect(names).not.toContain("hx-get");
    expect(await look("/admin/reactions?channel=C0000000001")).toContain(
      "Reactions in #support_gitlab-com</h1>",
    );
  });

  it("goes on without names when Slack wants to be left alone, and says when it asks again", async () => {
    world.slack.workspace.faults.set({ on: "/api/*", fault: "rate_limited", retryAfter: 17 });
    const names = await look("/admin/channel-names?channel=C0000000009", { htmx: true });
    expect(names).toContain("load delay:17s");
    expect(names).toContain('hx-get="/admin/channel-names?channel=C0000000009"');
    expect(names).toContain("Slack asks for patience");
  });

  it("keeps an address in the words that it does not show", async () => {
    const url = "https://hooks.slack.com/services/T0CAUSEWAY/B1/deadbeef";
    await visit("/admin/reactions", { form: await filledIn(`Not ${url}`) });
    const form = await filledIn("");
    const html = await look(CELL);
    expect(html).not.toContain("deadbeef");
    const shown = /hooks\.slack\.com\/services\/T…\/…••••\w{6}/.exec(html)?.[0] ?? "none";
    await visit("/admin/reactions", { form: { ...form, text: `Never https://${shown}` } });
    expect(await textOf("mapping/slack/C0000000001")).toContain(`"Never ${url}"`);
    const lost = `Never https://${shown.slice(0, -6)}`;
    const refused = await visit("/admin/reactions", {
      form: { ...(await filledIn("")), text: lost },
    });
    expect(await refused.text()).toContain("the address is hidden here");
  });

  it("changes the words of one rule, and no other letter of the document", async () => {
    const form = await filledIn("Use the form.\r\nThen wait.");
    const answer = await visit("/admin/reactions", { form, name: "Bruno" });
    expect(answer.status).toBe(303);
    expect(await textOf("mapping/slack/C0000000001")).toBe(
      OUTAGES.replace(
        '"Use <https://example.com/f|the form>, {{ event.actor.name }}."',
        '"Use the form.\\nThen wait."',
      ),
    );
    const { body } = await ask<{ items: Publish[] }>("/publishes?limit=1");
    expect(body.items[0]).toMatchObject({
      by: "Bruno",
      via: "console",
      why: "changed :escalate: in C0000000001 in the console",
    });
  });

  it("changes a cell in its place", async () => {
    const opened = await look(CELL, { htmx: true });
    expect(opened).not.toContain("<html");
    expect(opened).toContain("<textarea");
    const saved = await visit("/admin/reactions", {
      form: await filledIn("Other words"),
      htmx: true,
    });
    const html = await saved.text();
    expect(html).toContain("Other words");
    expect(html).toContain('role="status"');
    expect(html).not.toContain("<textarea");
  });

  it("says so when a rule that was changed is switched off", async () => {
    const form = await filledIn("Redder", "/admin/reactions?channel=C0000000001&emoji=red_*");
    const html = await (await visit("/admin/reactions", { form, htmx: true })).text();
    expect(html).toContain("Published. The rule is switched off");
  });

  it("lets two people change two rules of one channel", async () => {
    const theirs = await filledIn("Nobody looks.", CELL.replace("escalate", "eyes"));
    const mine = await filledIn("My words");
    expect((await visit("/admin/reactions", { form: theirs })).status).toBe(303);
    expect((await visit("/admin/reactions", { form: mine })).status).toBe(303);
    const text = await textOf("mapping/slack/C0000000001");
    expect(text).toContain("Nobody looks.");
    expect(text).toContain("My words");
  });

  it("says who was faster with the same rule, shows theirs, and keeps my text", async () => {
    const mine = await filledIn("My <words>");
    const theirs = await filledIn("Their words");
    await visit("/admin/reactions", { form: theirs, name: "Bruno" });
    const refused = await visit("/admin/reactions", { form: mine });
    expect(refused.status).toBe(409);
    const html = await refused.text();
    expect(html).toContain("Bruno changed this rule meanwhile");
    expect(html).toContain("Their words");
    expect(html).toContain("My &lt;words&gt;");
    expect(await textOf("mapping/slack/C0000000001")).not.toContain("My <words>");
    // Whoever has seen theirs may put mine in their place.
    const again = { ...mine, version: hidden(html, "version") };
    expect((await visit("/admin/reactions", { form: again })).status).toBe(303);
    expect(await textOf("mapping/slack/C0000000001")).toContain("My <words>");
  });

  it("refuses a template with a mistake in words, and keeps the text", async () => {
    const form = await filledIn("Hello {{ event.actor.name | shout }}");
    const refused = await visit("/admin/reactions", { form });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toMatch(/message: .*shout/);
    expect(html).toContain("Hello {{ event.actor.name | shout }}</textarea>");
    expect(await textOf("mapping/slack/C0000000001")).toBe(OUTAGES);
  });

  it("publishes nothing when nothing has changed", async () => {
    const form = await filledIn("Use <https://example.com/f|the form>, {{ event.actor.name }}.");
    const before = (await ask<{ items: Publish[] }>("/publishes")).body.items.length;
    expect((await visit("/admin/reactions", { form })).status).toBe(303);
    expect((await ask<{ items: Publish[] }>("/publishes")).body.items).toHaveLength(before);
  });

  it("adds an answer to an empty cell, and a mapping to a channel that has none", async () => {
    const cell = "/admin/reactions?channel=C0000000003&emoji=:thumbsup:";
    const html = await look(cell);
    expect(html).toContain("A new answer to :+1: in C0000000003");
    const form = {
      channel: "C0000000003",
      on: hidden(html, "on"),
      text: "Thanks!",
      to: "ephemeral",
      name: "Thanks",
    };
    expect((await visit("/admin/reactions", { form })).status).toBe(303);
    const rule = { name: "Thanks", on: "reaction.+1", to: "ephemeral", message: "Thanks!" };
    expect(JSON.parse(await textOf("mapping/slack/C0000000003"))).toEqual({ rules: [rule] });
    const twice = await visit("/admin/reactions", { form });
    expect(twice.status).toBe(422);
    expect(await twice.text()).toContain("is the name of another rule");
    const nowhere = await visit("/admin/reactions", { form: { ...form, channel: "outages" } });
    expect(await nowhere.text()).toContain("is no channel id");
  });

  it("takes the name of a channel that it shows for its id, and refuses any other at once", async () => {
    const named = await visit("/admin/reactions?channel=%23support_gitlab-com&emoji=escalate");
    expect(named.headers.get("location")).toBe(CELL);
    const whole = await visit("/admin/reactions?channel=support_gitlab-com");
    expect(whole.headers.get("location")).toBe("/admin/reactions?channel=C0000000001");
    const refused = await visit("/admin/reactions?channel=%23suport_gitlab-com&emoji=tada");
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain("“#suport_gitlab-com” is no channel’s id");
    expect(html).toContain("Did you mean #support_gitlab-com?");
    expect(html).toContain('value="#suport_gitlab-com"');
    expect(html).toContain('value="tada"');
    expect(html).not.toContain("<textarea");
    const unlike = await look("/admin/reactions?channel=x&emoji=tada", { role: "view" });
    expect(unlike).toContain("Give its id, such as C0123456789.");
  });

  it("says of a field in single braces that it is none, while one writes and when it is published", async () => {
    const warning =
      "{author} is no field: it is sent just as it stands. Write {{ event.author | mention }}.";
    const form = await filledIn("Hello {author}");
    expect(await look("/admin/try/preview-reaction", { form, htmx: true })).toContain(warning);
    const published = await visit("/admin/reactions", { form });
    expect(saidTo(published)).toContain(`Published, and in use from now on. ${warning}`);
    const added = {
      channel: "C0000000003",
      on: "reaction.x",
      to: "dm",
      name: "X",
      text: "{titel}",
    };
    const html = await look("/admin/reactions", { form: added, htmx: true });
    expect(html).toContain("Write {{ event.title }}.");
  });

  it("sends what is more than a text to the editor", async () => {
    const html = await look("/admin/reactions?channel=C0000000001&emoji=tada");
    expect(html).toContain("It answers in several places.");
    expect(html).toContain("/admin/documents?key=mapping%2Fslack%2FC0000000001&amp;rule=Both");
    expect(hidden(html, "version")).toBe("");
  });

  test.for([
    ["thread", "reaction.escalate", "Ask <b> {{ event.actor | mention }}", "@amina"],
    ["dm", "member_joined", "Welcome to {{ event.channel.name }}", "a-channel"],
    ["gitlab_issue", "shortcut.issue", "Kept: {{ event.issue.reference }}", "my-group/requests#12"],
    ["ephemeral", "reaction.red_*", "{{ event.message.text }}", "Only visible to amina"],
  ])("previews what is said %s to %s", async ([to, on, text, expected]) => {
    const form = { channel: "*", on, to, text };
    const html = await look("/admin/try/preview-reaction", { form, htmx: true, role: "view" });
    expect(html).toContain(expected);
    expect(html).not.toContain("<b> ");
  });

  it("says in the preview what is wrong with a template", async () => {
    const form = { channel: "*", on: "reaction.x", to: "thread", text: "{{ event.actor.name" };
    const html = await look("/admin/try/preview-reaction", { form });
    expect(html).toContain("<h1>:x: in every channel</h1>");
    expect(html).toContain("{{ event.actor.name</textarea>");
    expect(html).toMatch(/notice bad">message: /);
  });

  it("shows a viewer all words and no form, and changes nothing for one", async () => {
    const form = await filledIn("Mine");
    const html = await look(CELL, { role: "view" });
    expect(html).toContain("Use &lt;https://example.com/f|the form&gt;");
    expect(html).not.toContain("<textarea");
    expect(await look("/admin/reactions", { role: "view" })).not.toContain("Add an answer");
    expect((await visit("/admin/reactions", { form, role: "view" })).status).toBe(403);
    expect(await textOf("mapping/slack/C0000000001")).toBe(OUTAGES);
  });
});
