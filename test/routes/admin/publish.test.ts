import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentAt, etagAt, history, put, written } from "../../publishing/publisher-world.ts";
import { createWorld, DOCUMENTS, endWorld } from "../../world.ts";
import { formsIn, textOf } from "./page.ts";
import { visit } from "./visit.ts";

const KEY = "mapping/gitlab/acme";
const RULE = { ...DOCUMENTS[KEY].rules[0] };
const OTHER = { name: "Closed", on: "issue.close", to: "channel" };

function rules(...list: object[]): string {
  return JSON.stringify({ rules: list });
}

async function send(fields: Record<string, string>, name?: string): Promise<Response> {
  const form = { key: KEY, why: "", ...fields };
  return await visit("/admin/documents", { form, ...(name === undefined ? {} : { name }) });
}

/** What became of a form that publishes: the page it leads to. */
async function led(response: Response): Promise<string> {
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
}

beforeEach(async () => {
  await createWorld();
});
afterEach(async () => {
  await written();
  await endWorld();
});

describe("publishing a draft", () => {
  it("publishes it in the visitor's name, and leads to what it changed", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    const to = await led(
      await send({ etag, text: rules({ ...RULE, enabled: false }), why: "Too loud" }),
    );
    const [made] = await history();
    expect(made).toMatchObject({ by: "Amina Okafor", why: "Too loud", via: "console" });
    expect(to).toBe(`/admin/history/${made?.id}?published=mapping%2Fgitlab%2Facme`);
    const page = textOf(await (await visit(to)).text());
    expect(page).toContain('Rule "Opened" is switched off');
    expect(page).toContain("Too loud");
  });

  it("does not say that a text stands which somebody else has replaced meanwhile", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    const begun = rules(RULE);
    await put(KEY, { rules: [RULE, OTHER] });
    const answer = await send({ etag, text: begun });
    expect(answer.status).toBe(409);
    expect(textOf(await answer.text())).not.toContain("There is nothing to publish");
  });

  it("publishes a new document, and none over one that somebody made meanwhile", async () => {
    const key = "destination/new";
    const text = JSON.stringify(DOCUMENTS["destination/channel"]);
    await led(await send({ key, etag: "", text }));
    expect((await documentAt(key))?.text).toBe(text);
    const again = await send({ key, etag: "", text: text.replace("C0000000001", "C0000000009") });
    expect(again.status).toBe(409);
    expect((await documentAt(key))?.text).toBe(text);
  });

  it("publishes nothing that cannot be used, says why, and keeps the text", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    const refused = await send({ etag, text: rules({ ...RULE, tow: "typo" }), why: "as agreed" });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(formsIn(html).map(({ fields }) => fields["why"])).toContain("as agreed");
    expect(textOf(html)).toContain("rules[0].tow");
    expect(
      formsIn(html)
        .flatMap(({ fields }) => Object.values(fields))
        .join(),
    ).toContain("typo");
    expect(await etagAt(KEY)).toBe(etag);
  });

  it("makes no publish of what is published already, however it is written", async () => {
    const document = await documentAt(KEY);
    const before = await history();
    const text = JSON.stringify(JSON.parse(document?.text ?? ""), null, 2);
    const to = await led(await send({ etag: document?.etag ?? "", text }));
    expect(to).toContain(`/admin/documents?key=${encodeURIComponent(KEY)}&`);
    expect(await history()).toEqual(before);
  });

  it("puts the address back that the page did not show, and refuses one that it does not know", async () => {
    const key = "destination/hook";
    const document = await documentAt(key);
    const hidden = "https://slack.test/services/T…/…••••";
    const page = await (await visit(`/admin/documents?key=${key}`)).text();
    expect(page).not.toContain("000000000000000000000001");
    const shown = JSON.parse(
      formsIn(page).find(({ id }) => id === "publish")?.fields["text"] ?? "",
    );
    expect(shown.url).toContain("•");
    await led(
      await send({
        key,
        etag: document?.etag ?? "",
        text: JSON.stringify({ ...shown, limit: "5/minute" }),
      }),
    );
    expect(JSON.parse((await documentAt(key))?.text ?? "")).toEqual({
      ...DOCUMENTS["destination/hook"],
      limit: "5/minute",
    });
    for (const url of [
      shown.url.slice(0, -6),
      `${shown.url.slice(0, -6)}abcdef`,
      `${shown.url}0`,
    ]) {
      const made = JSON.stringify({ ...shown, url });
      const answer = await send({ key, etag: (await etagAt(key)) ?? "", text: made });
      expect(answer.status).toBe(422);
      expect(textOf(await answer.text())).toContain("url: the address is hidden here");
    }
    const lost = await send({
      key: "destination/elsewhere",
      etag: "",
      text: JSON.stringify({ type: "webhook", url: hidden }),
    });
    expect(lost.status).toBe(422);
  });

  it("knows what was sent twice", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    const text = rules({ ...RULE, enabled: false });
    await led(await send({ etag, text }));
    const [made] = await history();
    expect(await led(await send({ etag, text }))).toContain("/admin/documents");
    expect((await history())[0]).toEqual(made);
  });

  it("is not for a viewer", async () => {
    const etag = (await etagAt(KEY)) ?? "";
    const form = { key: KEY, etag, text: rules(OTHER), why: "" };
    const answer = await visit("/admin/documents", { role: "view", form });
    expect(answer.status).toBe(403);
    expect(await etagAt(KEY)).toBe(etag);
  });
});

describe("when somebody else was faster", () => {
  let etag: string;
  beforeEach(async () => {
    await put(KEY, { rules: [RULE] });
    etag = (await etagAt(KEY)) ?? "";
    await put(KEY, { rules: [{ ...RULE, to: "channel", message: "Hello" }] });
  });

  it("says who it was and what both changed, and publishes nothing", async () => {
    const answer = await send({ etag, text: rules(RULE, OTHER) }, "Bruno");
    expect(answer.status).toBe(409);
    const text = textOf(await answer.text());
    expect(text).toContain("amina published this document");
    expect(text).toContain('Rule "Opened" goes to channel');
    expect(text).toContain('New rule "Closed"');
    expect((await history())[0]?.by).toBe("amina");
  });

  it("publishes both together where they do not touch the same, once that was asked for", async () => {
    const page = await (await send({ etag, text: rules(RULE, OTHER) })).text();
    const fields = formsIn(page).find(({ buttons }) => buttons.includes("both"))?.fields;
    await led(await send({ ...fields, act: "both" }));
    const merged = JSON.parse((await documentAt(KEY))?.text ?? "");
    expect(merged.rules).toEqual([{ ...RULE, to: "channel", message: "Hello" }, OTHER]);
  });

  it("offers both together, or mine, to be edited on", async () => {
    const page = await (await send({ etag, text: rules(RULE, OTHER), why: "as agreed" })).text();
    const fields = formsIn(page).find(({ buttons }) => buttons.includes("edit"))?.fields;
    const editor = await send({ ...fields, act: "edit" });
    const form = formsIn(await editor.text()).find(({ id }) => id === "publish");
    expect(form?.fields["why"]).toBe("as agreed");
    expect(form?.fields["etag"]).toBe(await etagAt(KEY));
    expect(JSON.parse(form?.fields["text"] ?? "").rules).toHaveLength(2);
    expect((await history())[0]?.by).toBe("amina");
  });

  it("does not put together what both changed, and says what it is", async () => {
    const page = await (await send({ etag, text: rules({ ...RULE, to: "hook" }) })).text();
    expect(textOf(page)).toContain("both of you changed “to” of the rule “Opened”");
    expect(formsIn(page).flatMap(({ buttons }) => buttons)).not.toContain("both");
  });

  it("does not put together what would be wrong together, and says what would be", async () => {
    const key = "destination/support";
    const { url } = DOCUMENTS[key];
    await put(key, { type: "workflow", url });
    const before = (await etagAt(key)) ?? "";
    await put(key, { type: "workflow", url, variables: ["title"] });
    const text = JSON.stringify({ ...DOCUMENTS["destination/hook"] });
    const page = await (await send({ key, etag: before, text })).text();
    expect(textOf(page)).toMatch(/by themselves: that would be wrong: variables: unknown key/);
    expect(formsIn(page).flatMap(({ buttons }) => buttons)).not.toContain("both");
  });

  it("overwrites theirs only for somebody who says so", async () => {
    const mine = rules({ ...RULE, to: "hook" });
    const page = await (await send({ etag, text: mine })).text();
    const fields = formsIn(page).find(({ buttons }) => buttons.includes("over"))?.fields;
    const unsure = await send({ ...fields, act: "over" });
    expect(unsure.status).toBe(409);
    expect((await documentAt(KEY))?.text).not.toBe(mine);
    await led(await send({ ...fields, act: "over", sure: "yes" }));
    expect((await documentAt(KEY))?.text).toBe(mine);
  });

  it("says so when it was the visitor, in another window of the console", async () => {
    const present = (await etagAt(KEY)) ?? "";
    await led(await send({ etag: present, text: rules({ ...RULE, message: "Mine" }) }));
    const own = textOf(await (await send({ etag: present, text: rules(RULE, OTHER) })).text());
    expect(own).toContain("You published this in another window");
    expect(own).toMatch(/You published this document in another window or tab just now/);
    expect(own).not.toMatch(/Somebody else|both of you|theirs/);
    const others = await send({ etag: present, text: rules(RULE, OTHER) }, "Bruno");
    expect(textOf(await others.text())).toContain("Somebody else was faster");
  });

  it("asks again when a third was faster still", async () => {
    const page = await (await send({ etag, text: rules(RULE, OTHER) })).text();
    const fields = formsIn(page).find(({ buttons }) => buttons.includes("both"))?.fields;
    await put(KEY, { rules: [{ ...RULE, to: "alerts" }] });
    expect((await send({ ...fields, act: "both" })).status).toBe(409);
    expect((await send({ ...fields, act: "over", sure: "yes" })).status).toBe(409);
    expect(JSON.parse((await documentAt(KEY))?.text ?? "").rules[0].to).toBe("alerts");
  });

  it("warns while one still edits", async () => {
    const changed = (etag: string) => {
      const query = new URLSearchParams({ key: KEY, etag }).toString();
      return visit(`/admin/documents/changed?${query}`, { htmx: true });
    };
    const warning = await changed(etag);
    expect(textOf(await warning.text())).toContain("amina published this document while you edit");
    expect((await changed((await etagAt(KEY)) ?? "")).status).toBe(204);
  });
});

describe("deleting a document", () => {
  it("says which rules go to it, and deletes it for somebody who is sure", async () => {
    const key = "destination/support";
    const path = `/admin/documents/delete?key=${key}`;
    const page = await (await visit(path)).text();
    expect(textOf(page)).toContain(`"Opened" of ${KEY}`);
    const form = formsIn(page).find(({ action }) => action === "/admin/documents/delete");
    const unsure = await visit("/admin/documents/delete", {
      form: { ...form?.fields, why: "nobody reads it" },
    });
    expect(unsure.status).toBe(422);
    expect(formsIn(await unsure.text()).map(({ fields }) => fields["why"])).toContain(
      "nobody reads it",
    );
    expect(await documentAt(key)).not.toBeNull();
    const sure = { ...form?.fields, sure: "yes" };
    await led(await visit("/admin/documents/delete", { form: sure }));
    expect(await documentAt(key)).toBeNull();
    expect((await visit(path)).status).toBe(404);
  });

  it("shows a viewer what goes with it, and no form", async () => {
    const path = "/admin/documents/delete?key=destination/support";
    const page = await (await visit(path, { role: "view" })).text();
    expect(textOf(page)).toContain(`"Opened" of ${KEY}`);
    expect(textOf(page)).toContain("Deleting is for editors.");
    expect(formsIn(page).map(({ action }) => action)).not.toContain("/admin/documents/delete");
  });

  it("deletes nothing that somebody changed meanwhile", async () => {
    const key = "destination/channel";
    const etag = (await etagAt(key)) ?? "";
    await put(key, { ...DOCUMENTS[key], limit: "1/minute" });
    const form = { key, etag, why: "", sure: "yes" };
    const answer = await visit("/admin/documents/delete", { form });
    expect(answer.status).toBe(409);
    expect(textOf(await answer.text())).toContain("amina changed it meanwhile");
    expect(await documentAt(key)).not.toBeNull();
  });
});
