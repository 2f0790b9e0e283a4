import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { documentAt, etagAt, history } from "../../publishing/publisher-world.ts";
import { deliver } from "../../webhook.ts";
import { acme, createWorld, DOCUMENTS, endWorld, settled, type World } from "../../world.ts";
import { visit, type VisitOptions } from "./visit.ts";

const DOCS = {
  ...DOCUMENTS,
  "person/amina": { slack: "U0000000001" },
  "person/bo": { slack: "U0000000002" },
  "person/bo-2": { slack: "U0000000002" },
  "person/odd": { slak: "U0000000003" },
};

let world: World;

beforeEach(async () => {
  world = await createWorld(DOCS);
});
afterEach(endWorld);

const look = async (path: string, options: VisitOptions = {}): Promise<string> =>
  await (await visit(path, options)).text();
const save = async (form: Record<string, string>, options: VisitOptions = {}) =>
  await visit("/admin/people", { form, ...options });
const etagOf = async (username: string): Promise<string> =>
  (await etagAt(`person/${username}`)) ?? "";

describe("/admin/people", () => {
  it("shows who is who, and what contradicts or cannot be used", async () => {
    const html = await look("/admin/people");
    expect(html).toContain("U0000000001");
    expect(html).toContain("U0000000002 is bo-2, too.");
    expect(html).toContain("U0000000002 is bo, too.");
    expect(html).toContain(
      "The document cannot be used: slack: expected a text, found nothing. slak: unknown key.",
    );
    expect(html).toContain("3 people need a look:");
  });

  it("finds people, and says so when it finds nobody", async () => {
    const html = await look("/admin/people?q=amin");
    expect(html).toContain('<th scope="row">amina</th>');
    expect(html).not.toContain('<th scope="row">bo</th>');
    expect(await look("/admin/people?q=zzz")).toContain("Nobody here has “zzz”.");
  });

  it("asks Slack who is still there, and says what they are called", async () => {
    world.slack.workspace.member("amina")!.isDeleted = true;
    const html = await look("/admin/people/in-slack?shown=U0000000002+U0000000009", { htmx: true });
    expect(html).toContain("the account has been deactivated.");
    expect(html).toContain("innerHTML:[data-member=&quot;U0000000002&quot;]");
    expect(html).toContain("bruno");
    expect(html).not.toContain("U0000000003");
    expect(html).not.toContain("load delay");
  });

  it("goes on later when Slack asks for patience", async () => {
    world.slack.workspace.faults.set({ on: "/api/*", fault: "rate_limited", retryAfter: 11 });
    const html = await look("/admin/people/in-slack", { htmx: true });
    expect(html).toContain("Slack asks for patience: it goes on in 11 seconds.");
    expect(html).toContain("load delay:11s");
    world.slack.workspace.faults.clear();
    expect(await look("/admin/people/in-slack", { htmx: true })).toContain("All 3 are there.");
  });

  it("says which scope Slack's list of members needs", async () => {
    world.slack.workspace.scopes.delete("users:read");
    expect(await look("/admin/people/in-slack")).toContain("lacks the scope users:read");
  });

  it("names people of recent events who are not here, most seen first, with a suggestion", async () => {
    const person = (username: string, name: string) => ({ id: 7, username, name });
    const event = (user: object, assignees: object[]) => acme({ ...issueOpen, user, assignees });
    await deliver(event(person("Chen", "Chen W."), [person("nobody", "Nobody Known")]));
    await deliver(event(person("Chen", "Chen W."), [person("amina", "Amina")]));
    await settled();
    const html = await look("/admin/people/missing", { htmx: true });
    expect(html).toContain("In the newest 2 events");
    expect(html.indexOf('row">Chen')).toBeGreaterThan(0);
    expect(html.indexOf('row">Chen')).toBeLessThan(html.indexOf('row">nobody'));
    expect(html).toContain("perhaps chen <code>U0000000003</code>");
    expect(html).toContain("/admin/people?add=nobody");
    expect(html).not.toContain('scope="row">amina');
    // Who says who it is goes on with the keyboard where that is written.
    expect(await look("/admin/people?add=nobody")).toMatch(/<input name="slack"[^>]*autofocus/);
    expect(await look("/admin/people")).not.toMatch(/<input name="slack"[^>]*autofocus/);
    // Nothing is written before somebody says so.
    expect(await documentAt("person/chen")).toBeNull();
    const added = await save({ username: "Chen", slack: "U0000000003" });
    expect(added.status).toBe(303);
    expect((await documentAt("person/chen"))?.text).toBe('{"slack":"U0000000003"}');
    expect(await look("/admin/people/missing")).not.toContain("Chen");
  });

  it("adds somebody by id and says in the history who did", async () => {
    const answer = await save({ username: "@Chen", slack: "U0000000003" }, { name: "Bruno" });
    expect(answer.headers.get("location")).toBe("/admin/people");
    expect((await documentAt("person/chen"))?.text).toBe('{"slack":"U0000000003"}');
    expect((await history())[0]).toMatchObject({
      by: "Bruno",
      via: "console",
      why: "added chen in the console",
    });
  });

  it("asks which member is meant by a name or an e-mail address, and writes nothing meanwhile", async () => {
    for (const slack of ["wei", "chen@example.com"]) {
      const html = await (await save({ username: "chen", slack })).text();
      expect(html).toContain('type="radio" name="slack" value="U0000000003"');
      expect(await documentAt("person/chen")).toBeNull();
    }
    const nobody = await save({ username: "chen", slack: "nobody at all" });
    expect(nobody.status).toBe(422);
    expect(await nobody.text()).toContain("Slack has no member who is called “nobody at all”.");
  });

  it("suggests members while a name is typed", async () => {
    const options = await look("/admin/people/members?slack=chen", { htmx: true });
    expect(options).toBe('<option value="U0000000003">chen</option>');
    expect(await look("/admin/people/members?slack=U0000000003", { htmx: true })).toBe("");
  });

  it("has it confirmed that a member has two usernames", async () => {
    const form = { username: "amina-admin", slack: "U0000000001" };
    const asked = await save(form);
    expect(asked.status).toBe(422);
    expect(await asked.text()).toContain("U0000000001 is amina in GitLab already.");
    expect(await documentAt("person/amina-admin")).toBeNull();
    expect((await save({ ...form, sure: "yes" })).status).toBe(303);
    expect(await documentAt("person/amina-admin")).not.toBeNull();
  });

  it("refuses what cannot be a username, and who is there already", async () => {
    const odd = await save({ username: "a b", slack: "U0000000003" });
    expect(await odd.text()).toContain("cannot be a GitLab username");
    const there = await save({ username: "AMINA", slack: "U0000000003" });
    expect(await there.text()).toContain("amina is there already, as U0000000001.");
  });

  it("changes somebody in the row of the table", async () => {
    const open = await look("/admin/people?edit=amina", { htmx: true });
    expect(open).toMatch(/^<tr>/);
    const form = { username: "amina", etag: await etagOf("amina"), slack: "U0000000003" };
    const html = await (await save(form, { htmx: true })).text();
    expect(html).toMatch(/^<tr>/);
    expect(html).toContain("Published: amina is U0000000003 in Slack.");
    expect((await documentAt("person/amina"))?.text).toBe('{"slack":"U0000000003"}');
  });

  it("says who was faster, and replaces theirs only when asked again", async () => {
    const form = { username: "amina", etag: await etagOf("amina"), slack: "U0000000003" };
    await save({ ...form, slack: "U0999999999" }, { name: "Bruno" });
    const refused = await save(form);
    expect(refused.status).toBe(409);
    const html = await refused.text();
    expect(html).toContain("Bruno changed amina meanwhile, who is U0999999999 now.");
    expect(html).toContain('value="U0000000003"');
    expect((await save({ ...form, etag: await etagOf("amina") })).status).toBe(303);
  });

  it("removes somebody", async () => {
    const form = { username: "odd", etag: await etagOf("odd") };
    const answer = await visit("/admin/people/remove", { form });
    expect(answer.status).toBe(303);
    expect(await documentAt("person/odd")).toBeNull();
  });

  it("has Slack asked again once somebody was changed or removed, and counts who is there now", async () => {
    const asks = /<section[^>]*id="in-slack"[^>]*hx-trigger="[^"]*people-changed from:body"/;
    expect(await look("/admin/people")).toMatch(asks);
    const before = await look("/admin/people/in-slack", { htmx: true });
    expect(before).toContain("All 3 are there.");
    expect(before).toMatch(asks);
    const removal = { username: "bo-2", etag: await etagOf("bo-2") };
    const removed = await visit("/admin/people/remove", { form: removal, htmx: true });
    expect(removed.headers.get("hx-trigger-after-swap")).toBe("people-changed");
    expect(await look("/admin/people/in-slack", { htmx: true })).toContain("All 2 are there.");
    const change = { username: "odd", etag: await etagOf("odd"), slack: "U0000000003" };
    const changed = await save(change, { htmx: true });
    expect(changed.headers.get("hx-trigger-after-swap")).toBe("people-changed");
    expect(await look("/admin/people/in-slack", { htmx: true })).toContain("All 3 are there.");
  });

  it("repairs a document that cannot be used", async () => {
    const form = { username: "odd", etag: await etagOf("odd"), slack: "U0000000003" };
    expect((await save(form)).status).toBe(303);
    expect((await documentAt("person/odd"))?.text).toBe('{"slack":"U0000000003"}');
  });

  it("has no form for a viewer who asks for a row", async () => {
    for (const htmx of [true, false]) {
      const answer = await visit("/admin/people?edit=amina", { role: "view", htmx });
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain('action="/admin/people"');
    }
  });

  it("lets a viewer look, and change nothing", async () => {
    const html = await look("/admin/people", { role: "view" });
    expect(html).toContain("U0000000001");
    expect(html).not.toContain('method="post" action="/admin/people"');
    const form = { username: "chen", slack: "U0000000003" };
    expect((await save(form, { role: "view" })).status).toBe(403);
    expect(await documentAt("person/chen")).toBeNull();
  });
});
