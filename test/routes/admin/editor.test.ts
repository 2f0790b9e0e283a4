import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lintDocuments } from "../../../src/linting/lint-documents.ts";
import { startingText, type NewDocument } from "../../../src/console/editor/starting-text.ts";
import { hideAddresses } from "../../../src/publishing/hidden-address.ts";
import { readYaml } from "../../../src/folder/read-yaml.ts";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { etagAt, put } from "../../publishing/publisher-world.ts";
import { deliver } from "../../webhook.ts";
import { acme, createWorld, DOCUMENTS, endWorld, publish, settled } from "../../world.ts";
import { visit } from "./visit.ts";

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

async function page(path: string, role: "edit" | "view" = "edit"): Promise<string> {
  return await (await visit(path, { role })).text();
}

type Check = {
  refused: boolean;
  taken: boolean;
  findings: { path: string; severity: string; message: string }[];
};

async function check(key: string, document: unknown): Promise<Check> {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return await (await visit("/admin/try/check", { form: { key, text } })).json();
}

describe("the editor's page", () => {
  it("has the document, its etag and the events that it can be tried on", async () => {
    const { id } = await deliver(acme(issueOpen));
    await settled();
    const html = await page("/admin/documents?key=mapping/gitlab/acme");
    expect(html).toMatch(
      /<form id="publish" method="post" action="\/admin\/documents\?key=mapping%2Fgitlab%2Facme"/,
    );
    expect(html).toMatch(/<input type="hidden" name="key" value="mapping\/gitlab\/acme"/);
    expect(html).toMatch(/<input type="hidden" name="etag" value="&quot;[\w-]+&quot;"/);
    expect(html).toContain("&quot;name&quot;:&quot;Opened&quot;");
    expect(html).toContain(`<option value="${id}">issue.open`);
    // Who comes from an event's page finds it chosen.
    const chosen = await page(`/admin/documents?key=mapping/gitlab/acme&event=${id}`);
    expect(chosen).toMatch(new RegExp(`<option value="${id}" selected[^>]*>issue.open`));
    expect(chosen).toContain(
      `action="/admin/documents?key=mapping%2Fgitlab%2Facme&amp;event=${id}"`,
    );
    const elsewhere = await page(`/admin/documents?key=destination/alerts&event=${id}`);
    expect(elsewhere).toMatch(
      new RegExp(`<option value="${id}" selected[^>]*>The event you came from`),
    );
    // Without JavaScript it can still be read.
    expect(html).toMatch(/<noscript>[\s\S]*- name: Opened/);
  });

  it("says that there is no such document, and offers to write it if there can be one", async () => {
    const missing = await visit("/admin/documents?key=destination/nobody");
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain(
      "/admin/documents?new=destination&amp;key=destination%2Fnobody",
    );
    expect(await page("/admin/documents?key=nonsense")).not.toContain("?new=");
  });

  it("begins a new document with a text, and an etag that stands for none", async () => {
    const html = await page("/admin/documents?new=mapping");
    expect(html).toContain('name="etag" value=""');
    expect(html).toMatch(/name="key" value="mapping\/gitlab\/"/);
    expect(html).toContain("Group or project");
    expect(html).toContain("to: channel");
  });

  it("begins a new mapping with a destination that is not paused, if there is one", async () => {
    const pause = async (name: string) =>
      await visit(`/admin/destinations/${name}/pause`, { form: { why: "it moves" } });
    await deliver(acme(issueOpen));
    await settled();
    await put("destination/zoo", { type: "channel", channel: "C0000000009" });
    await pause("channel");
    expect(await page("/admin/documents?new=mapping")).toContain("to: zoo");
    await pause("zoo");
    expect(await page("/admin/documents?new=mapping")).toContain("to: channel");
  });

  it("never has a trigger's address, and knows whose it is when the draft is checked", async () => {
    const html = await page("/admin/documents?key=destination/hook");
    expect(html).not.toContain(DOCUMENTS["destination/hook"].url);
    expect(html).toMatch(/slack\.test\/services\/T…\/…••••[0-9a-f]{6}&quot;/);
    const text = hideAddresses(JSON.stringify(DOCUMENTS["destination/hook"]));
    expect((await check("destination/hook", text)).refused).toBe(false);
    const { refused, findings } = await check("destination/other", text);
    expect(refused).toBe(true);
    expect(findings).toMatchObject([{ path: "url" }]);
    expect(findings[0]?.message).toMatch(/^the address is hidden here/);
  });

  it("lets a viewer look and try, not publish", async () => {
    const html = await page("/admin/documents?key=mapping/gitlab/acme", "view");
    expect(html).toContain('id="editor"');
    expect(html).not.toContain("Publish without looking");
    expect(html).toMatch(/<p class="about">[^<]*Publishing is for editors\./);
    const form = { key: "mapping/gitlab/acme", etag: "", text: "{}" };
    expect((await visit("/admin/documents", { role: "view", form })).status).toBe(403);
  });

  it("offers the words of what is published", async () => {
    const words = await (await visit("/admin/documents/words")).json<Record<string, string[]>>();
    expect(words["destinations"]).toEqual(["alerts", "channel", "hook", "support"]);
    expect(words["filters"]).toContain("upcase");
  });
});

describe("what is said of a draft", () => {
  it("is nothing where nothing is wrong", async () => {
    expect(await check("mapping/gitlab/acme", DOCUMENTS["mapping/gitlab/acme"])).toEqual({
      refused: false,
      taken: true,
      findings: [],
    });
  });

  it("says of a new document that there is one of its name already", async () => {
    expect((await check("destination/support", DOCUMENTS["destination/support"])).taken).toBe(true);
    expect((await check("destination/later", DOCUMENTS["destination/support"])).taken).toBe(false);
    const form = {
      key: "destination/support",
      text: JSON.stringify(DOCUMENTS["destination/support"]),
      etag: (await etagAt("destination/support")) ?? "",
    };
    const begun = await (await visit("/admin/try/check", { form })).json<Check>();
    expect(begun.taken).toBe(false);
  });

  it("names what would be refused, with a suggestion", async () => {
    const rules = [{ name: "A", on: "issue.open", too: "channel" }];
    const { refused, findings } = await check("mapping/gitlab/acme", { rules });
    expect(refused).toBe(true);
    expect(findings.map(({ path }) => path)).toContain("rules[0].too");
    expect(findings.map(({ message }) => message).join(" ")).toContain('"to"');
  });

  it("warns of what may be published and is wrong among the other documents", async () => {
    const rules = [{ name: "A", on: "issue.open", to: "chanel" }];
    const { refused, findings } = await check("mapping/gitlab/acme", { rules });
    expect(refused).toBe(false);
    expect(findings).toMatchObject([{ path: "rules[0].to", severity: "error" }]);
    expect(findings[0]?.message).toContain('"channel"');
  });

  it("knows who uses a destination, and what a nearer mapping hides", async () => {
    await publish("mapping/gitlab/acme/alone", { inherit: false, rules: [] });
    const channel = { type: "channel", channel: "C0000000009" };
    expect((await check("destination/support", channel)).findings).toEqual([]);
    expect((await check("destination/nobody-tells", channel)).findings).toMatchObject([
      { severity: "warning", message: "no rule sends here yet." },
    ]);
    const when = { project: "acme/alone" };
    const rules = [{ name: "A", on: "issue.open", when, to: "channel" }];
    const { findings } = await check("mapping/gitlab/acme", { rules });
    expect(findings.map(({ message }) => message).join()).toContain("inherit: false");
  });

  it("speaks of this document only, and of its key", async () => {
    const { findings } = await check("mapping/gitlab/acme/sub", { rules: [] });
    expect(findings.every(({ message }) => !message.includes("Opened"))).toBe(true);
    const wrong = await check("mappings/gitlab/acme", { rules: [] });
    expect(wrong.refused).toBe(true);
    expect(wrong.findings[0]?.message).toContain("mapping/gitlab/");
  });
});

describe("what a new document begins with", () => {
  const destination = {
    key: "destination/team",
    text: '{"type":"channel","channel":"C0000000001"}',
  };
  it.for<[NewDocument, string]>([
    ["mapping", "mapping/gitlab/acme"],
    ["mapping", "mapping/slack/C0000000002"],
    ["destination", "destination/alerts"],
    ["person", "person/amina"],
  ])("lints without an error: %s at %s", ([kind, key]) => {
    const read = readYaml(startingText(kind, key, "team"));
    if (!read.ok) throw new Error("not YAML");
    const findings = lintDocuments([destination, { key, text: JSON.stringify(read.json) }]);
    const own = findings.filter((finding) => finding.key === key && finding.severity === "error");
    expect(own).toEqual([]);
  });
});
