import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { payloadOf } from "../../gitlab/fixtures.ts";
import { emptyReport } from "../../../src/operations/backtest/backtest-draft.ts";
import type { BacktestReport } from "../../../src/operations/backtest/backtest-report.ts";
import { etagOf } from "../../../src/publishing/etag.ts";
import { written } from "../../publishing/publisher-world.ts";
import { deliver } from "../../webhook.ts";
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  query,
  relay,
  settled,
  step,
} from "../../world.ts";
import { textOf } from "./page.ts";
import { visit } from "./visit.ts";

const KEY = "mapping/gitlab/acme";
const RULE = { ...DOCUMENTS[KEY].rules[0] };
const issue = acme(issueOpen);

function rules(...list: object[]): string {
  return JSON.stringify({ rules: list });
}

function inProject(path: string): typeof issue {
  return { ...issue, project: { ...issue.project, path_with_namespace: path } };
}

/** A report on three events of which more are to come, of a text that is not the draft's. */
const PART: BacktestReport = {
  ...emptyReport("another text", 0),
  cursor: `${Buffer.from("gitlab/acme").toString("base64url")}.0`,
  progress: 0.5,
  until: "2026-03-01T00:00:00.000Z",
  summary: {
    ...emptyReport("", 0).summary,
    events: { total: 3, routed: 3, undecided: 0, failed: 0, unreadable: 0 },
  },
};

type Shown = { html: string; text: string; next: Record<string, string> | null };

async function see(fields: Record<string, string>): Promise<Shown> {
  const form = { key: KEY, since: "7d", ...fields };
  const response = await visit("/admin/try/backtest", { role: "view", htmx: true, form });
  expect(response.status).toBe(200);
  const html = await response.text();
  const vals = /hx-trigger="load"[^>]*hx-vals="([^"]*)"/.exec(html)?.[1]?.replaceAll("&quot;", '"');
  const decoded = vals?.replaceAll("&amp;", "&").replaceAll("&#39;", "'");
  return { html, text: textOf(html), next: decoded === undefined ? null : JSON.parse(decoded) };
}

/** As a browser goes on until there is no more. */
async function seeAll(fields: Record<string, string>): Promise<Shown & { asked: number }> {
  let shown = await see(fields);
  let asked = 1;
  for (; shown.next !== null; asked += 1) shown = await see({ ...fields, ...shown.next });
  return { ...shown, asked };
}

beforeEach(async () => {
  await createWorld();
});
afterEach(async () => {
  await written();
  await endWorld();
});

describe("what a draft changes", () => {
  it("is told apart from what somebody else published since it was begun", async () => {
    const begun = (await relay("publisher").document(KEY)) as { document: { etag: string } };
    await publish(KEY, { rules: [{ ...RULE, name: "Renamed" }] });
    const text = rules(RULE, { name: "More", on: "issue.close", to: "channel" });
    const behind = await seeAll({ text, etag: begun.document.etag });
    expect(behind.text).toContain("published this document while you edit it");
    expect(behind.text).toContain('New rule "More"');
    expect(behind.text).not.toContain("Renamed");
    const again = await seeAll({ text });
    expect(again.text).not.toContain("while you edit it");
    expect(again.text).toContain("Renamed");
  });

  it("is said in words, and by what it would have posted, with links to the events", async () => {
    const { id } = await deliver(issue);
    await settled();
    const draft = rules({ ...RULE, to: ["support", "channel"] });
    const { html, text } = await seeAll({ text: draft });
    expect(text).toContain('Rule "Opened" goes to channel');
    expect(text).toContain("1 event of the last 7 days");
    expect(text).toContain(
      "1 more and 0 fewer would be posted (2 instead of 1); nothing confidential would be told anew.",
    );
    expect(text).toContain("Would be posted, and was not (1)");
    expect(html).toContain(`href="/admin/events/${id}"`);
    expect(html).toContain('data-seen="yes"');
    const removed = await seeAll({ text: rules({ ...RULE, on: "issue.close" }) });
    expect(removed.text).toContain("Was posted, and would not be (1)");
    expect(removed.text).toContain(
      "In these 7 days nothing came that would go to these destinations, although rules name them: support.",
    );
  });

  it("claims nothing about the words of messages, which are not compared", async () => {
    await deliver(issue);
    await settled();
    const { text } = await seeAll({ text: rules({ ...RULE, message: "Other words" }) });
    expect(text).toContain(
      "The same events would be told in the same places (the words of messages are not compared); nothing confidential would be told anew.",
    );
    expect(text).toContain("How many messages, by destination");
  });

  it("looks only at events that the document could decide on", async () => {
    for (const path of ["acme/widgets", "acme/gadgets", "other/widgets"]) {
      await deliver(inProject(path));
    }
    await settled();
    await settled("gitlab/other");
    const all = (key: string, text: string) => seeAll({ key, text });
    const anything = rules({ name: "All", on: "*", to: "channel" });
    expect((await all("mapping/gitlab/acme/widgets", anything)).text).toContain(
      "1 event of the last",
    );
    expect((await all(KEY, anything)).text).toContain("2 events of the last");
    expect((await all("mapping/gitlab/*", anything)).text).toContain("3 events of the last");
    expect((await all("mapping/slack/C0000000001", anything)).text).toContain(
      "0 events of the last",
    );
    const support = JSON.stringify(DOCUMENTS["destination/support"]);
    expect((await all("destination/support", support)).text).toContain("2 events of the last");
    expect(
      (await all("destination/hook", JSON.stringify(DOCUMENTS["destination/hook"]))).text,
    ).toContain("0 events of the last");
    const person = await all("person/amina", JSON.stringify({ slack: "U0000000001" }));
    expect(person.text).toContain("a person says whom messages mention");
    expect(person.html).toContain('data-seen="yes"');
  });

  it("leaves out what other documents are the cause of", async () => {
    await deliver(issue);
    await settled();
    await publish("mapping/gitlab/*", { rules: [{ name: "All", on: "*", to: "hook" }] });
    await step(120_000, "publisher");
    const { text } = await seeAll({ text: rules({ ...RULE, to: ["support", "channel"] }) });
    expect(text).toContain("1 more and 0 fewer would be posted (2 instead of 1)");
    expect(text).not.toContain("hook");
    await publish(KEY, { rules: [RULE], inherit: false });
    await step(120_000, "publisher");
    const shown = await seeAll({ text: rules(RULE) });
    expect(shown.text).toContain("1 more and 0 fewer would be posted (2 instead of 1)");
    expect(shown.text).toContain("→ hook");
  });

  it(
    "goes on page by page until the end, or until somebody has seen enough",
    { timeout: 60_000 },
    async () => {
      const filler = "x".repeat(400_000);
      for (let n = 0; n < 60; n += 1) {
        await deliver({
          ...issue,
          object_attributes: { ...issue.object_attributes, description: `${filler}${n}` },
        });
      }
      await settled();
      const draft = rules({ ...RULE, to: "channel" });
      const whole = await seeAll({ text: draft });
      expect(whole.text).toContain("60 events of the last");
      expect(whole.text).toContain("60 more and 60 fewer would be posted (60 instead of 60)");
      expect(whole.text).toContain("and 54 more");
      const first = await see({ text: draft, report: JSON.stringify(PART) });
      expect(first.text).toContain("see what changes again");
    },
  );

  it("stops where somebody has seen enough, and says how far it got", async () => {
    await deliver(issue);
    await settled();
    const draft = rules({ ...RULE, to: "channel" });
    const report = JSON.stringify({ ...PART, print: etagOf(draft) });
    const { text, html, next } = await see({ text: draft, report, stop: "yes" });
    expect(next).toBeNull();
    expect(text).toContain("Stopped: later events were not looked at");
    expect(text).toContain("3 events of the last");
    expect(html).toContain('data-seen="yes"');
    const goneOn = await see({ text: draft, report });
    expect(goneOn.text).toContain("4 events of the last");
  });

  it("starts anew with a report that is none", async () => {
    await deliver(issue);
    await settled();
    for (const report of ["{", '{"print":1}', JSON.stringify({ ...PART, cursor: "../x" })]) {
      expect((await seeAll({ text: rules(RULE), report })).text).toContain("1 event of the last");
    }
  });

  it("warns of confidential events where they are not told now", async () => {
    await publish("destination/support", {
      ...DOCUMENTS["destination/support"],
      confidential: true,
    });
    await deliver(acme(payloadOf("issue.open-confidential") as { project: object }));
    await settled();
    const opened = await seeAll({
      key: "destination/support",
      text: JSON.stringify({ ...DOCUMENTS["destination/support"], confidential: true }),
    });
    expect(opened.text).not.toContain("Confidential events would be told");
    await publish("destination/support", DOCUMENTS["destination/support"]);
    await step(120_000, "publisher");
    const leak = await seeAll({
      key: "destination/support",
      text: JSON.stringify({ ...DOCUMENTS["destination/support"], confidential: true }),
    });
    expect(leak.text).toContain("May be told of confidential events now");
    expect(leak.text).toContain(
      "Confidential events would be told where they are not told now (1)",
    );
  });

  it("knows a destination again whose address it may not show", async () => {
    const hook = { ...DOCUMENTS["destination/support"], confidential: true };
    const at = (secret: string) => ({
      ...hook,
      url: `https://hooks.slack.com/triggers/T0/1/${secret}`,
    });
    await publish("destination/support", at("published"));
    await deliver(acme(payloadOf("issue.open-confidential") as { project: object }));
    await settled();
    const unchanged = await seeAll({ text: rules(RULE) });
    expect(unchanged.text).toContain("1 event of the last");
    expect(unchanged.text).not.toMatch(/somewhere else|not told now/);
    const itself = { key: "destination/support", text: JSON.stringify(at("published")) };
    expect((await seeAll(itself)).text).not.toMatch(/somewhere else|not told now/);
    const moved = await seeAll({ ...itself, text: JSON.stringify(at("another")) });
    expect(moved.text).toContain("posts somewhere else");
  });

  it("warns of more messages in an hour than a limit lets through", async () => {
    for (let n = 0; n < 4; n += 1) await deliver(issue);
    await settled();
    const text = JSON.stringify({ ...DOCUMENTS["destination/support"], limit: "3/hour" });
    const shown = await seeAll({ key: "destination/support", text });
    expect(shown.text).toContain("support would get 4 messages within the hour");
    expect(shown.text).toContain("its limit lets 3 through");
  });

  it("says what keeps a draft from being tried, and that it was not seen", async () => {
    const { text, html } = await see({ text: rules({ ...RULE, tow: "typo" }) });
    expect(text).toContain("It cannot be used as it is. rules[0].tow");
    expect(html).not.toContain("data-seen");
  });

  it("sends and stores nothing", async () => {
    await deliver(issue);
    await settled();
    const count = () => query<{ n: number }>("SELECT count(*) AS n FROM outcomes");
    const before = await count();
    await seeAll({ text: rules({ ...RULE, to: ["channel", "hook"] }) });
    expect(await count()).toEqual(before);
  });
});
