import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { etagOf } from "../../../src/publishing/etag.ts";
import {
  documentAt,
  etagAt,
  history,
  post,
  put,
  refuseWrites,
  written,
} from "../../publishing/publisher-world.ts";
import { createWorld, DOCUMENTS, endWorld, step } from "../../world.ts";
import { formsIn, textOf } from "./page.ts";
import { visit } from "./visit.ts";
import { look } from "./look.ts";

const KEY = "mapping/gitlab/acme";
const RULE = { ...DOCUMENTS[KEY].rules[0] };

/** Publishes a version of the document, and says which publish that was. */
async function saying(message: string): Promise<string> {
  return (await put(KEY, { rules: [{ ...RULE, to: "channel", message }] })).body.id;
}

async function messageNow(): Promise<string> {
  return JSON.parse((await documentAt(KEY))?.text ?? "").rules[0].message;
}

/** The form that rolls a publish back, as its page has it. */
async function rollbackOf(id: string): Promise<{ text: string; fields: Record<string, string> }> {
  const html = await look(`/admin/history/${id}/rollback`);
  const form = formsIn(html).find(({ action }) => action === `/admin/history/${id}/rollback`);
  return { text: textOf(html), fields: form?.fields ?? {} };
}

async function rollBack(id: string, form: Record<string, string>): Promise<Response> {
  return await visit(`/admin/history/${id}/rollback`, { form });
}

beforeEach(async () => {
  await createWorld();
});
afterEach(async () => {
  await written();
  await endWorld();
});

describe("the history", () => {
  it(
    "shows who published what and why, the newest first, page by page",
    { timeout: 60_000 },
    async () => {
      let ifMatch = await etagAt(KEY);
      for (let n = 0; n < 52; n += 1) {
        const text = JSON.stringify({ rules: [{ ...RULE, name: `No. ${n}` }] });
        await post([{ key: KEY, text, ifMatch }]);
        ifMatch = etagOf(text);
      }
      const first = await look("/admin/history");
      expect(textOf(first)).toMatch(/amina through the API.*mapping\/gitlab\/acme.*because/);
      const older = /href="(\/admin\/history\?cursor=[^"]+)"/.exec(first)?.[1] ?? "";
      const second = await look(older);
      const ids = (html: string) =>
        [...html.matchAll(/history\/(\d{8}T\d{6}Z-\w+)"/g)].map(([, id]) => id);
      const all = (await history("?limit=200")).map(({ id }) => id);
      expect([...ids(first), ...ids(second)]).toEqual(all);
      expect(ids(first)).toHaveLength(50);
    },
  );

  it("shows one document's alone, and what others did to KV", async () => {
    await saying("Hello");
    await put("destination/channel", { ...DOCUMENTS["destination/channel"], limit: "2/minute" });
    const text = textOf(await look("/admin/history?key=destination/channel"));
    expect(text).toContain("What was published of destination/channel");
    expect(text).toContain("past Causeway");
    expect(text).not.toContain("What was published of mapping");
    const rows = (await look("/admin/history?key=destination/channel")).match(/<th scope="row">/g);
    expect(rows).toHaveLength(2);
  });

  it("shows what a publish changed, in words and as lines, without the addresses", async () => {
    const url = "https://slack.test/services/T0CAUSEWAY/B0000000009/000000000000000000000009";
    const { body } = await put("destination/hook", { ...DOCUMENTS["destination/hook"], url });
    const html = await look(`/admin/history/${body.id}`);
    expect(textOf(html)).toContain("Goes to another address");
    expect(html).toMatch(/<del>-url: https:\/\/slack\.test/);
    expect(html).toMatch(/<ins>\+url: https:\/\/slack\.test/);
    expect(html).not.toContain("00000000000000000000000");
    const id = await saying("Line one\nLine two");
    const shown = await look(`/admin/history/${id}`);
    expect(shown).toContain("<ins>+      Line two\n</ins>");
    expect((await visit("/admin/history/20200101T000000Z-000000")).status).toBe(404);
  });

  it("escapes what somebody wrote", async () => {
    const script = "<script>alert(1)</script>";
    const text = JSON.stringify({
      rules: [{ ...RULE, name: script, message: script, to: "hook" }],
    });
    const changes = [{ key: KEY, text, ifMatch: await etagAt(KEY) }];
    const { body } = await post(changes, { by: script, why: script });
    for (const path of ["/admin/history", `/admin/history/${body.id}`]) {
      expect(await look(path)).not.toContain(script);
      expect(textOf(await look(path))).toContain(script);
    }
    expect((await rollbackOf(body.id)).text).toContain(script);
  });

  it("shows many documents page by page", async () => {
    const changes = Array.from({ length: 25 }, (_, n) => ({
      key: `destination/many-${String(n).padStart(2, "0")}`,
      text: JSON.stringify(DOCUMENTS["destination/channel"]),
      ifMatch: null,
    }));
    const { body } = await post(changes);
    const first = await look(`/admin/history/${body.id}`);
    const more = /href="([^"]+after=[^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const keys = (html: string) =>
      [...html.matchAll(/aria-label="(destination\/[^"]+)"/g)].map(([, key]) => key);
    const both = [...keys(first), ...keys(await look(more))];
    expect(both).toEqual(changes.map(({ key }) => key));
  });

  it("says what is wrong with what was published, as long as it stands", async () => {
    const id = (await put(KEY, { rules: [{ ...RULE, to: "chanel" }] })).body.id;
    const html = await look(`/admin/history/${id}`);
    expect(textOf(html)).toMatch(
      /with errors ?to of the rule "Opened": .* mean "channel"\?.*Correct mapping/,
    );
    const better = await saying("Hello");
    expect(textOf(await look(`/admin/history/${better}`))).not.toContain("Published with errors");
    expect(textOf(await look(`/admin/history/${id}`))).not.toContain("Published with errors");
  });

  it("looks by itself whether Slack knows a destination that was just published", async () => {
    const text = JSON.stringify({ type: "channel", channel: "C0999999999" });
    const { body } = await post([{ key: "destination/odd", text, ifMatch: null }]);
    const asks = /hx-get="\/admin\/destinations\/odd\/check"[^>]*hx-trigger="load, click"/;
    expect(await look(`/admin/history/${body.id}`)).toMatch(asks);
    await step(61_000, "publisher");
    const later = await look(`/admin/history/${body.id}`);
    expect(later).not.toMatch(asks);
    expect(later).toContain('hx-get="/admin/destinations/odd/check"');
  });

  it("says how far a publish has come, and looks again until it is all in KV", async () => {
    const { mend } = await refuseWrites((key) => (key === KEY ? "KV is down" : null));
    const id = await saying("Hello");
    await written();
    const waiting = await (await visit(`/admin/history/${id}/spread`, { htmx: true })).text();
    expect(textOf(waiting)).toContain("In use already. It is being stored: 0 of 1 document");
    expect(waiting).toContain(`hx-get="/admin/history/${id}/spread"`);
    mend();
    await step(60_000, "publisher");
    await written();
    const done = await (await visit(`/admin/history/${id}/spread`, { htmx: true })).text();
    expect(textOf(done)).toContain("In use since it was published, and stored (1 document).");
    expect(done).not.toContain("hx-get");
  });
});

describe("rolling back", () => {
  it("says what it puts back, and puts it back as a publish of its own", async () => {
    await saying("Hello");
    const id = await saying("Bye");
    const { text, fields } = await rollbackOf(id);
    expect(text).toContain("Roll back 1 document");
    expect(text).toContain('Rule "Opened" says something else');
    expect(fields["why"]).toMatch(/^Back to before amina's \S/);
    const answer = await rollBack(id, fields);
    expect(answer.status).toBe(303);
    expect(await messageNow()).toBe("Hello");
    const [made] = await history();
    expect(made).toMatchObject({ by: "Amina Okafor", restores: id, via: "console" });
    expect(answer.headers.get("location")).toBe(`/admin/history/${made?.id}`);
    expect((await rollbackOf(id)).text).toContain("Everything is as it was before it already");
  });

  it("brings back what was deleted, and removes what was new", async () => {
    const removed = (await put("destination/alerts", null)).body.id;
    await rollBack(removed, (await rollbackOf(removed)).fields);
    expect(await documentAt("destination/alerts")).not.toBeNull();
    const made = (await put("destination/fresh", DOCUMENTS["destination/channel"])).body.id;
    await rollBack(made, (await rollbackOf(made)).fields);
    expect(await documentAt("destination/fresh")).toBeNull();
  });

  it("names what was changed again since, and puts it back only for somebody who says so", async () => {
    await saying("Hello");
    const id = await saying("Bye");
    const later = await saying("Later");
    const { text, fields } = await rollbackOf(id);
    expect(text).toContain(`${KEY}, by amina`);
    expect(await look(`/admin/history/${id}/rollback`)).toContain(`/admin/history/${later}`);
    expect((await rollBack(id, fields)).status).toBe(409);
    expect(await messageNow()).toBe("Later");
    expect((await rollBack(id, { ...fields, over: "yes" })).status).toBe(303);
    expect(await messageNow()).toBe("Hello");
  });

  it("puts nothing back that changed while somebody read what it would do", async () => {
    await saying("Hello");
    const id = await saying("Bye");
    const { fields } = await rollbackOf(id);
    await saying("Later");
    const answer = await rollBack(id, { ...fields, over: "yes" });
    expect(answer.status).toBe(409);
    expect(textOf(await answer.text())).toContain("it was changed meanwhile");
    expect(await messageNow()).toBe("Later");
  });

  it("is not for a viewer, who may see what it would do", async () => {
    const id = await saying("Hello");
    const page = await visit(`/admin/history/${id}/rollback`, { role: "view" });
    const said = await page.text();
    expect(said).toContain("Rolling back is for editors.");
    expect(said).toContain("The lines that differ");
    expect(said).not.toContain(`action="/admin/history/${id}/rollback"`);
    const { fields } = await rollbackOf(id);
    const answer = await visit(`/admin/history/${id}/rollback`, { role: "view", form: fields });
    expect(answer.status).toBe(403);
    expect(await messageNow()).toBe("Hello");
  });
});
