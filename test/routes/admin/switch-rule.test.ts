import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { documentAt, etagAt, history, put } from "../../publishing/publisher-world.ts";
import { deliver } from "../../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  settled,
  step,
  type World,
} from "../../world.ts";
import { visit } from "./visit.ts";
import { saidTo } from "./said-to.ts";

const KEY = "mapping/gitlab/acme";
const TEXT = `{ "rules": [
  {"to": "channel", "on":"issue.open", "name":"First", "message": "one", "variables": {"2":"b","1":"a"}},
  {"name":"Second","on":"issue.open","to":"hook","message":"two"}
] }`;

let world: World;

/** Presses the button of a rule; `etag` as the page had it. */
async function flip(
  rule: string,
  on: boolean,
  more: Record<string, string> = {},
  role: "edit" | "view" = "edit",
) {
  const etag = more["etag"] ?? (await etagAt(KEY)) ?? "";
  return await visit("/admin/rules/switch", {
    role,
    form: { mapping: KEY, rule, etag, on: String(on), back: "/admin/mappings?q=first", ...more },
  });
}

function texts(): string[] {
  return world.slack.workspace.messages.map(({ text }) => text ?? "").toSorted();
}

describe("POST /admin/rules/switch", () => {
  beforeEach(async () => {
    world = await createWorld({ ...DOCUMENTS, [KEY]: TEXT });
  });
  afterEach(endWorld);

  it("switches one rule off, to the letter nothing else, and says so in the history", async () => {
    const response = await flip("First", false);
    expect(response.headers.get("location")).toBe("/admin/mappings?q=first");
    const words = saidTo(response);
    expect(words).toContain("From now on nothing is posted by it");
    expect(words).toContain("causeway push");
    const document = await documentAt(KEY);
    expect(document?.text).toBe(TEXT.replace('"a"}}', '"a"}, "enabled":false}'));
    expect(document?.by).toBe("Amina Okafor");
    const [newest] = await history();
    expect(newest).toMatchObject({ via: "console", why: 'switched "First" off in the console' });
  });

  it("leaves no trace in the document when it is switched on again", async () => {
    await flip("First", false);
    await flip("First", true);
    expect((await documentAt(KEY))?.text).toBe(TEXT);
    await put(KEY, JSON.parse(TEXT.replace('"name":"Second"', '"enabled":false,"name":"Second"')));
    await flip("Second", true);
    expect(JSON.parse((await documentAt(KEY))?.text ?? "")).toEqual(JSON.parse(TEXT));
  });

  it("leads back to the button that was pressed", async () => {
    const html = await (await visit("/admin/mappings")).text();
    const backs = [...html.matchAll(/name="back" value="([^"]*)"/g)].map(([, back = ""]) => back);
    expect(backs).toHaveLength(2);
    for (const back of backs) expect(html).toContain(`id="${back.split("#")[1]}"`);
    const [, second = ""] = backs;
    const response = await flip("Second", false, { back: second });
    expect(response.headers.get("location")).toBe(second);
  });

  it("is used at once, and so is switching it on again", async () => {
    await deliver(acme(issueOpen));
    await settled();
    expect(texts()).toEqual(["one", "two"]);
    await flip("First", false);
    await settled("publisher");
    await deliver(acme(issueOpen));
    await settled();
    expect(texts()).toEqual(["one", "two", "two"]);
    expect(saidTo(await flip("First", true))).toContain("From now on it posts to channel.");
    await settled("publisher");
    await deliver(acme(issueOpen));
    await settled();
    expect(texts()).toEqual(["one", "one", "two", "two", "two"]);
  });

  it("publishes nothing when the rule is so already, whatever the page had", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    await flip("First", false);
    const before = await history();
    expect(saidTo(await flip("First", false, { etag }))).toContain("is switched off already");
    expect(await history()).toEqual(before);
  });

  it("shows who changed the mapping meanwhile, and how the rule is now", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    const theirs = { rules: [{ name: "First", on: "issue.close", to: "hook", message: "new" }] };
    await put(KEY, theirs);
    const response = await flip("First", false, { etag });
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain("<b>amina</b> changed <code>mapping/gitlab/acme</code>");
    expect(html).toContain("applies when an issue is closed, to hook");
    expect(JSON.parse((await documentAt(KEY))?.text ?? "")).toEqual(theirs);
    // The button there is for the rule as it is now.
    const fresh = /name="etag" value="([^"]+)"/.exec(html)?.[1]?.replaceAll("&quot;", '"') ?? "";
    expect(saidTo(await flip("First", false, { etag: fresh }))).toContain("is switched off.");
  });

  it("says so when it was the visitor who changed it meanwhile", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    await flip("First", false);
    const html = await (await flip("First", true, { etag })).text();
    expect(html).toContain("<h1>You changed this meanwhile</h1>");
    expect(html).toContain("<b>You</b> changed <code>mapping/gitlab/acme</code>");
  });

  it("says that the rule is gone, or the mapping", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    await put(KEY, { rules: [] });
    expect(await (await flip("First", false, { etag })).text()).toContain(
      "There is no rule “First” in it any more.",
    );
    await put(KEY, null);
    expect(saidTo(await flip("First", false, { etag }))).toContain(
      "there is no mapping/gitlab/acme any more",
    );
  });

  it("touches no mapping that cannot be used, nor one of two rules of one name", async () => {
    const rule = { name: "Twice", on: "issue.open", to: "hook" };
    await step(60_000);
    await publish(KEY, { rules: [rule, rule] });
    expect(saidTo(await flip("Twice", false))).toContain('has two rules \\"Twice\\"');
    await publish(KEY, { rules: [{ ...rule, onn: 1 }] });
    await step(60_000);
    expect(saidTo(await flip("Twice", false))).toContain("rules[0].onn: unknown key.");
    expect((await history()).every(({ via }) => via === "outside")).toBe(true);
  });

  it("refuses a viewer, and a form of another site's", async () => {
    expect((await flip("First", false, {}, "view")).status).toBe(403);
    const forged = await visit("/admin/rules/switch", {
      form: { mapping: KEY, rule: "First", etag: "", on: "false" },
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    });
    expect(forged.status).toBe(403);
    expect((await documentAt(KEY))?.text).toBe(TEXT);
  });

  it("goes back to nowhere but the console", async () => {
    const response = await flip("First", false, { back: "https://evil.example/" });
    expect(response.headers.get("location")).toBe("/admin");
  });
});
