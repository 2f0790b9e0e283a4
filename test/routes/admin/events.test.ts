import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import issueClose from "../../fixtures/gitlab/issue.close.json" with { type: "json" };
import { discardedBy } from "../../../src/relay/discarded.ts";
import { deliver } from "../../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  evict,
  publish,
  query,
  relay,
  settled,
  step,
  TITLES_TO_CHANNEL,
  type World,
} from "../../world.ts";
import { textOf } from "./page.ts";
import { visit } from "./visit.ts";
import { look } from "./look.ts";

const url = "https://gitlab.example.com/acme/widgets/-/issues/1287";
const issue = acme({ ...issueOpen, object_attributes: { ...issueOpen.object_attributes, url } });
const titled = (iid: number, title: string) => ({
  ...issue,
  object_attributes: { ...issue.object_attributes, iid, title },
});

let world: World;
beforeEach(async () => {
  world = await createWorld({ ...DOCUMENTS, "mapping/gitlab/acme": TITLES_TO_CHANNEL });
});
afterEach(endWorld);

describe("the list of events", () => {
  it("says of each what happened, where, what became of it and where it went", async () => {
    const { id } = await deliver(titled(1, "Printer <b>on fire</b>"));
    await settled();
    const html = await look("/admin/events");
    expect(html).toContain(`href="/admin/events/${id}"`);
    expect(html).toContain("Printer &lt;b&gt;on fire&lt;/b&gt;");
    expect(html).toContain("An issue is opened");
    expect(html).toContain("acme/widgets");
    expect(html).toMatch(/delivered[\s\S]*channel/);
  });

  it("is empty for a new installation, and says what to do", async () => {
    expect(await look("/admin/events")).toContain("Nothing was received yet");
  });

  it("is narrowed by project, type, state, destination, time and words", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Opened", on: "issue.open", to: "channel", message: "x" }],
    });
    await deliver(titled(1, "Opened one"));
    await deliver(acme(issueClose));
    await settled();
    const closed = issueClose.object_attributes.title;
    for (const [narrowed, hits] of [
      ["project=acme", [true, true]],
      ["project=acme/other", [false, false]],
      ["type=issue.close", [false, true]],
      ["type=issue.*", [true, true]],
      ["state=filtered", [false, true]],
      ["to=channel", [true, false]],
      ["to=hook", [false, false]],
      ["since=1h", [true, true]],
      ["q=opened+one", [true, false]],
    ] as const) {
      const html = await look(`/admin/events?${narrowed}`);
      const rows = html.slice(html.indexOf("<tbody>"));
      const found = html.includes("<tbody>");
      expect([
        narrowed,
        found && rows.includes("Opened one"),
        found && rows.includes(closed),
      ]).toEqual([narrowed, ...hits]);
    }
  });

  it("says why it is empty, as far as what it is narrowed to tells", async () => {
    await deliver(issue);
    await settled();
    const said = async (narrowed: string): Promise<string> =>
      textOf(await look(`/admin/events?${narrowed}`));
    expect(await said("state=failed")).toContain('No event is in the state "failed".');
    expect(await said("state=failed&since=1h")).toContain(
      'No event of the last hour is in the state "failed".',
    );
    expect(await said("type=issue.opn")).toContain(
      'There is no type "issue.opn", as far as Causeway knows. Did you mean "issue.open"?',
    );
    expect(await said("type=zzzzzz")).toContain("Types are such as issue.open");
    expect(await said("project=widgets")).toContain(
      'No event of "widgets" is like that. The whole path is meant, such as group/project',
    );
    for (const narrowed of ["type=pipeline.*", "type=reaction.eyes", "project=acme/gadgets"]) {
      expect(await said(narrowed)).toContain("Either GitLab sent none");
    }
    const unknown = await said(`q=${encodeURIComponent(url.replace("1287", "1288"))}`);
    expect(unknown).toContain("No event is like that.");
    expect(unknown).not.toContain("Here is everything about it");
    expect(await said(`q=${encodeURIComponent(url)}`)).toContain("Here is everything about it");
  });

  it("finds an issue by its address, and a message by its address in Slack", async () => {
    const { id } = await deliver(issue);
    await deliver(titled(4711, "Something else"));
    await settled();
    const byUrl = await look(`/admin/events?q=${encodeURIComponent(url)}`);
    expect(byUrl).toContain(`/admin/events/${id}"`);
    expect(byUrl).not.toContain("Something else");
    const [message] = world.slack.workspace.messages;
    const link = `https://acme.slack.com/archives/${message?.channel}/p${message?.ts.replace(".", "")}`;
    const byMessage = await look(`/admin/events?q=${encodeURIComponent(link)}`);
    expect(byMessage).toContain(`/admin/events/${id}"`);
    expect(byMessage).not.toContain("Something else");
  });

  it("goes straight to what an id names", async () => {
    const { id } = await deliver(issue);
    await settled();
    const event = await visit(`/admin/events?q=${id}`);
    expect([event.status, event.headers.get("location")]).toEqual([303, `/admin/events/${id}`]);
    const delivery = await visit(`/admin/events?q=${id}.0`);
    expect(delivery.headers.get("location")).toBe(`/admin/events/${id}#${id}.0`);
  });

  it("pages by the place of the last event, and each event is on one page", async () => {
    for (let at = 0; at < 55; at += 1) await deliver(titled(at + 1, `Number ${at} of many`));
    await settled();
    const first = await look("/admin/events");
    const older = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await look(older);
    const numbers = `${first}${second}`.match(/Number \d+ of many/g) ?? [];
    expect(numbers).toHaveLength(55);
    expect(new Set(numbers).size).toBe(55);
    expect(second).not.toContain('rel="next"');
  });

  it("tells how many events are newer, and brings the rows that wait no longer", async () => {
    const { id } = await deliver(titled(1, "First"));
    await settled();
    const html = await look("/admin/events");
    const field = (name: string) =>
      new RegExp(`name="${name}" value="(\\d+)"`).exec(html)?.[1] ?? "";
    const [{ seq } = { seq: 0 }] = await query<{ seq: number }>("SELECT seq FROM events");
    await deliver(titled(2, "Second"));
    await deliver(titled(3, "Third"));
    await settled();
    const asked = new URLSearchParams({
      looked: String(seq),
      count: field("count"),
      waiting: `${id} ${seq}`,
    });
    const news = await look(`/admin/events/newer?${asked.toString()}`, { htmx: true });
    expect(news).toContain("2 new events");
    expect(news).toContain(`<tr id="event-${id}" hx-swap-oob="true">`);
    const narrowed = await look(`/admin/events/newer?${asked.toString()}&type=note.*`, {
      htmx: true,
    });
    expect(narrowed).not.toContain("new event");
  });
});

describe("an event's page", () => {
  it("says first why it was posted, then every rule, the message and Slack's answer", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [
        { name: "Never", on: "note.*", to: "hook" },
        { name: "All", on: "issue.*", to: "channel", message: "*{{ event.title }}*" },
      ],
    });
    const { id } = await deliver(titled(1, "A <script>alert(1)</script> title"));
    await settled();
    const html = await look(`/admin/events/${id}`);
    expect(html).toContain("It was posted to channel.");
    expect(html).toMatch(/<h1[^>]*>An issue is opened: A &lt;script/);
    expect(html).toContain("wanted note.*");
    expect(html).toContain("matched: to channel");
    expect(html).toContain(
      "/admin/documents?key=mapping%2Fgitlab%2Facme&amp;rule=Never&amp;event=",
    );
    expect(html).toMatch(/slack-look/);
    expect(html).toContain(`Delivery ${id}.0`);
    expect(html).toMatch(/<td>200<\/td><td>ok<\/td>/);
    expect(html).not.toContain("<script>alert");
  });

  it("says why it was not posted", async () => {
    await publish("mapping/gitlab/acme", { rules: [{ name: "Notes", on: "note.*", to: "hook" }] });
    const { id } = await deliver(issue);
    await settled();
    expect(await look(`/admin/events/${id}`)).toContain(
      "It was posted nowhere: the one rule that was asked did not match.",
    );
  });

  it("leads to a mapping for a project that has none, and offers no message that there was not", async () => {
    const { id } = await deliver(JSON.parse(JSON.stringify(issue).replaceAll("acme/", "nobody/")));
    await settled("gitlab/nobody");
    const html = await look(`/admin/events/${id}`);
    const at = `new=mapping&amp;key=mapping%2Fgitlab%2Fnobody%2Fwidgets&amp;event=${id}`;
    expect(html).toContain(
      `<a href="/admin/documents?${at}">Write a mapping for nobody/widgets</a>`,
    );
    expect(html).toContain("Replay with today&#39;s rules");
    expect(html).not.toContain("Replay as it was");
    expect(await look(`/admin/events/${id}`, { role: "view" })).not.toContain("Write a mapping");
  });

  it("shows no token and no e-mail address, and the whole body to editors only", async () => {
    const { id } = await deliver({ ...issue, user: { ...issue.user, email: "amina@example.com" } });
    await settled();
    expect(await look(`/admin/events/${id}`)).not.toContain("amina@example.com");
    const viewer = await look(`/admin/events/${id}`, { role: "view" });
    expect(viewer).not.toContain(`${id}/body`);
    expect(viewer).not.toContain("Replay");
    expect((await visit(`/admin/events/${id}/body`, { role: "view" })).status).toBe(403);
    const body = await visit(`/admin/events/${id}/body`);
    expect(new TextDecoder().decode(await body.arrayBuffer())).toContain("amina@example.com");
    expect(body.headers.get("content-disposition")).toContain("attachment");
  });

  it("looks again while something waits, and changes nothing until something has", async () => {
    world.slack.workspace.faults.set({ on: "*", fault: "server_error", times: 1 });
    const { id } = await deliver(issue);
    await settled();
    const html = await look(`/admin/events/${id}`);
    const again = /hx-get="([^"]*\/outcome[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await visit(again, { htmx: true })).status).toBe(204);
    await visit("/admin/failed/retry", { form: { id: `${id}.0`, back: "/admin" } });
    await settled();
    const outcome = await look(again, { htmx: true });
    expect(outcome).toContain("It was posted to channel.");
    expect(outcome).not.toContain("hx-trigger");
  });

  it("names the other events about the same issue", async () => {
    const { id } = await deliver(issue);
    const later = await deliver({
      ...issue,
      object_attributes: { ...issue.object_attributes, action: "close" },
    });
    await settled();
    const same = await look(`/admin/events/${id}/same`, { htmx: true });
    expect(same).toContain(`/admin/events/${later.id}"`);
    expect(same).toContain("(this one)");
  });

  it("is a page that says so when there is no such event", async () => {
    for (const id of ["nothing", "Z2l0bGFiL2FjbWU.AAAAAAAAAAAAAAAAAAAAAA"]) {
      const response = await visit(`/admin/events/${id}`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("There is no such event");
    }
  });
});

describe("a replay from the console", () => {
  it("shows what each way would send, and sends what was ticked", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Two", on: "issue.*", to: ["channel", "hook"], message: "today's words" }],
    });
    const { id } = await deliver(issue);
    await settled();
    const form = await look(`/admin/events/${id}/replay`);
    expect(form).toContain("today&#39;s words");
    expect(form.match(/name="to" value="hook" checked/g)).toHaveLength(2);
    const sent = await visit(`/admin/events/${id}/replay`, {
      form: { how: "today", to: ["hook"] },
    });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, `/admin/events/${id}`]);
    await settled();
    const html = await look(`/admin/events/${id}`);
    expect(html.match(/\(replay of [^<]+, /g)).toHaveLength(1);
    expect(world.slack.workspace.messages).toHaveLength(3);
  });

  it("leaves what the rules said when it came, and shows beside it what they said then, and to whom", async () => {
    await publish("mapping/gitlab/acme", { rules: [{ name: "First", on: "note.*", to: "hook" }] });
    const { id } = await deliver(issue);
    await settled();
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Mended", on: "issue.*", to: "hook" }],
    });
    for (let times = 0; times < 2; times += 1) {
      await visit(`/admin/events/${id}/replay`, { form: { how: "today", to: "hook" } });
      await settled();
    }
    const html = await look(`/admin/events/${id}`);
    expect(html).toContain(
      "When it came it was posted nowhere: the one rule that was asked did not",
    );
    expect(html).toMatch(
      /It was posted to hook by a replay of [^<]+ at \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
    );
    const [first, later, ...more] = html.split('id="rules"')[1]?.split("By a replay of") ?? [];
    expect(first).toMatch(/did not.*First.*wanted note\.\*/s);
    expect(first).not.toContain("Mended");
    expect(later).toMatch(/matched.*Mended/s);
    // The same rules say the same once more.
    expect(more).toEqual([]);
    const list = await look("/admin/events?state=delivered");
    expect(list).toContain(id);
    expect(list).not.toContain("no rule matched");
  });

  it("sends the same again, word for word, where it is ticked", async () => {
    const { id } = await deliver(issue);
    await settled();
    await publish("mapping/gitlab/acme", { rules: [] });
    await visit(`/admin/events/${id}/replay`, { form: { how: "again", to: "channel" } });
    await settled();
    const { title } = issue.object_attributes;
    expect(world.slack.workspace.messages.map(({ text }) => text)).toEqual([title, title]);
  });

  it("counts what was sent again in the same minute by the same person", async () => {
    const { id } = await deliver(issue);
    await settled();
    // From the beginning of the next minute on.
    await step(60_000 - (Date.now() % 60_000));
    for (let n = 1; n <= 3; n += 1) {
      await visit(`/admin/events/${id}/replay`, { form: { how: "again", to: "channel" } });
      await settled();
      await step(2_000);
      const times = ["", ", twice", ", 3 times"][n - 1];
      expect(textOf(await look(`/admin/events/${id}`))).toMatch(
        new RegExp(`by a replay of Amina Okafor at [\\d-]+ [\\d:]+ UTC${times}\\.`),
      );
    }
  });

  it("offers what a person gave up, and says so", async () => {
    await relay().hold("channel", { by: "amina", why: "it moves", since: Date.now() });
    const { id } = await deliver(issue);
    await settled();
    await relay().discard("channel", discardedBy("Amina Okafor", "too late"), 10);
    const page = await look(`/admin/events/${id}`);
    expect(textOf(page)).toContain(
      "It was not posted to channel: given up by Amina Okafor: too late.",
    );
    expect(page).toContain("Replay as it was");
    expect(textOf(await look(`/admin/events/${id}/replay`))).toContain("channel it was given up");
  });

  it("is made once by a form that is sent twice, and again by another", async () => {
    const { id } = await deliver(issue);
    await settled();
    const path = `/admin/events/${id}/replay`;
    const onceIn = (html: string) => /name="once" value="([^"]+)"/.exec(html)?.[1] ?? "";
    const once = onceIn(await look(path));
    const form = { how: "again", to: "channel", once };
    const [first, second] = await Promise.all([visit(path, { form }), visit(path, { form })]);
    expect(second.headers.get("set-cookie")).toBe(first.headers.get("set-cookie"));
    await settled();
    expect(world.slack.workspace.messages).toHaveLength(2);
    await visit(path, { form });
    await settled();
    expect(world.slack.workspace.messages).toHaveLength(2);
    // It says something else, or comes from the page that was opened anew.
    await visit(path, { form: { ...form, how: "test", to: "alerts" } });
    await visit(path, { form: { ...form, once: onceIn(await look(path)) } });
    await settled();
    expect(world.slack.workspace.messages).toHaveLength(4);
  });

  it("is made once also where the Relay has been put to sleep between", async () => {
    const { id } = await deliver(issue);
    await settled();
    const form = { how: "today", to: "channel", once: "0d9c" };
    await visit(`/admin/events/${id}/replay`, { form });
    await settled();
    await evict();
    await visit(`/admin/events/${id}/replay`, { form });
    await settled();
    expect(world.slack.workspace.messages).toHaveLength(2);
  });

  it("sends a test under the name of whoever asks, and remembers the channel", async () => {
    const { id } = await deliver(issue);
    await settled();
    const form = await look(`/admin/events/${id}/replay`);
    expect(form).toMatch(/<option value="alerts">[\s\S]*<option value="hook">/);
    expect(form.slice(form.indexOf('id="test"'))).not.toContain('value="support"');
    const sent = await visit(`/admin/events/${id}/replay`, { form: { how: "test", to: "alerts" } });
    const back = sent.headers.get("location") ?? "";
    expect(back).toBe(`/admin/events/${id}?test=alerts`);
    await settled();
    const [, message] = world.slack.workspace.messages;
    expect(JSON.stringify(message?.blocks)).toContain("sent by Amina Okafor");
    const html = await look(back);
    expect(html).toContain("A test of it was posted to alerts.");
    expect(html).toContain(`/admin/events/${id}/replay?test=alerts#test`);
  });

  it("sends nothing when nothing was ticked, and nothing for a viewer", async () => {
    const { id } = await deliver(issue);
    await settled();
    const none = await visit(`/admin/events/${id}/replay`, { form: { how: "today" } });
    expect(none.headers.get("location")).toBe(`/admin/events/${id}/replay`);
    const viewer = await visit(`/admin/events/${id}/replay`, {
      role: "view",
      form: { how: "today", to: "channel" },
    });
    expect(viewer.status).toBe(403);
    await settled();
    expect(world.slack.workspace.messages).toHaveLength(1);
  });
});
