import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { documentAt, etagAt, put, written } from "../../publishing/publisher-world.ts";
import { createWorld, DOCUMENTS, endWorld } from "../../world.ts";
import { formsIn, textOf } from "./page.ts";
import { visit } from "./visit.ts";

const KEY = "destination/hook";
const HOOK = DOCUMENTS[KEY];
const NEW = "https://slack.test/services/T0CAUSEWAY/B0000000002/999999999999999999999999";
const THEIRS = "https://slack.test/services/T0CAUSEWAY/B0000000003/777777777777777777777777";

let etag: string;
beforeEach(async () => {
  await createWorld();
  etag = (await etagAt(KEY)) ?? "";
});
afterEach(async () => {
  await written();
  await endWorld();
});

async function send(fields: Record<string, string>): Promise<Response> {
  return await visit("/admin/documents", { form: { key: KEY, why: "", ...fields } });
}

/** What a form of a page sends, by its button or its id. */
async function fieldsOf(page: Response, name: string): Promise<Record<string, string>> {
  const forms = formsIn(await page.text());
  return forms.find(({ id, buttons }) => id === name || buttons.includes(name))?.fields ?? {};
}

async function published(): Promise<Record<string, string>> {
  return JSON.parse((await documentAt(KEY))?.text ?? "");
}

/** What the page of the editor has, as somebody has it who has not touched it. */
async function untouched(): Promise<Record<string, string>> {
  const page = await visit(`/admin/documents?key=${KEY}`);
  return JSON.parse((await fieldsOf(page, "publish"))["text"] ?? "");
}

describe("an address that somebody wrote", () => {
  it("is theirs after a refusal", async () => {
    const text = JSON.stringify({ ...HOOK, url: NEW, limitt: "x" });
    const refused = await send({ etag, text });
    expect(refused.status).toBe(422);
    const fields = await fieldsOf(refused, "publish");
    const { limitt: _, ...right } = JSON.parse(fields["text"] ?? "");
    await send({ ...fields, text: JSON.stringify(right) });
    expect((await published())["url"]).toBe(NEW);
  });

  test.for(["both", "over"])("is theirs after a conflict: %s", async (act) => {
    const mine = { ...(await untouched()), url: NEW };
    await put(KEY, { ...HOOK, limit: "5/minute" });
    const page = await send({ etag, text: JSON.stringify(mine) });
    expect(page.status).toBe(409);
    await send({ ...(await fieldsOf(page, act)), act, sure: "yes" });
    expect(await published()).toEqual({
      ...HOOK,
      url: NEW,
      ...(act === "both" ? { limit: "5/minute" } : {}),
    });
  });

  test.for([{ limit: "5/minute" }, { url: THEIRS }])(
    "is theirs when they edit on after a conflict: %j",
    async (theirs) => {
      const mine = { ...(await untouched()), url: NEW };
      await put(KEY, { ...HOOK, ...theirs });
      const page = await send({ etag, text: JSON.stringify(mine) });
      const editor = await send({ ...(await fieldsOf(page, "edit")), act: "edit" });
      await send(await fieldsOf(editor, "publish"));
      expect((await published())["url"]).toBe(NEW);
    },
  );
});

describe("an address that somebody else published meanwhile", () => {
  it("is put together with mine, and never shown", async () => {
    const mine = { ...(await untouched()), limit: "5/minute" };
    await put(KEY, { ...HOOK, url: THEIRS });
    const page = await send({ etag, text: JSON.stringify(mine) });
    const html = await page.clone().text();
    expect(html).not.toContain(THEIRS.slice(-20));
    expect(html).not.toContain(HOOK.url.slice(-20));
    const both = await fieldsOf(page, "both");
    const editor = await send({ ...both, act: "edit" });
    expect(await editor.clone().text()).not.toContain(THEIRS.slice(-20));
    await send(await fieldsOf(editor, "publish"));
    expect(await published()).toEqual({ ...HOOK, limit: "5/minute", url: THEIRS });
  });

  it("is not taken for the one that I began with", async () => {
    const mine = JSON.stringify({ ...(await untouched()), limit: "5/minute" });
    await put(KEY, { ...HOOK, url: THEIRS, limit: "9/minute" });
    const page = await send({ etag, text: mine });
    await send({ ...(await fieldsOf(page, "over")), act: "over", sure: "yes" });
    expect(await published()).toEqual({ ...HOOK, limit: "5/minute" });
    const refused = await send({
      etag: (await etagAt(KEY)) ?? "",
      text: JSON.stringify({ ...HOOK, url: "https://slack.test/services/T…/…••••" }),
    });
    expect(refused.status).toBe(422);
    expect(textOf(await refused.text())).toContain("the address is hidden here");
  });
});
