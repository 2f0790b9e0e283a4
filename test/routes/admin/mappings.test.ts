import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { rowsIn } from "./rows-in.ts";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import {
  acme,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  relay,
  settled,
  step,
} from "../../world.ts";
import { MAPPING, put, showInKv } from "../../publishing/publisher-world.ts";
import { deliver } from "../../webhook.ts";
import { look } from "./look.ts";

const TEAM = {
  rules: [
    {
      name: "Licensing requests",
      on: "issue.open",
      when: { labels: { any: ["License*"] } },
      to: ["channel", "nowhere"],
      message: "<b>{{ event.actor.name }}</b> asks",
    },
    { name: "Quiet", on: "merge_request.merge", to: "hook", enabled: false },
    { name: "Beside Zapier", on: "issue.close", to: "support", mode: "shadow" },
  ],
};

async function page(query = "", role: "edit" | "view" = "edit"): Promise<string> {
  return await look(`/admin/mappings${query}`, { role });
}

describe("/admin/mappings", () => {
  beforeEach(async () => {
    await createWorld({ ...DOCUMENTS, "mapping/gitlab/acme/team": TEAM });
  });
  afterEach(endWorld);

  it("says each rule as a sentence, with what it says and where it goes", async () => {
    const html = await page();
    const rows = rowsIn(html);
    expect(rows).toHaveLength(4);
    expect(rows[1]).toContain(
      "Licensing requests When an issue is opened, if its labels include License*.",
    );
    expect(rows[1]).toContain("It says “&lt;b&gt;‹actor.name›&lt;/b&gt; asks”.");
    expect(rows[1]).toContain("GitLab acme/team");
    expect(html).toContain(
      "/admin/documents?key=mapping%2Fgitlab%2Facme%2Fteam&amp;rule=Licensing+requests",
    );
    expect(html).toContain("4 rules in 2 mappings");
  });

  it("says how each destination is: missing, never used, in use, paused and why", async () => {
    expect(rowsIn(await page())[1]).toMatch(/channel – never used.*nowhere ✗ missing/);
    await deliver(acme(issueOpen));
    await settled();
    expect(rowsIn(await page())[0]).toMatch(/support ✓ ok 1 just now/);
    await relay().hold("support", { by: "Kim", why: "maintenance", since: Date.now() });
    const [paused] = rowsIn(await page());
    expect(paused).toContain("support … paused");
    expect(paused).toContain("support: paused by Kim: maintenance (since just now");
  });

  it("says who changed a mapping last, and when", async () => {
    await put("mapping/gitlab/acme/late", { rules: [] });
    const rows = rowsIn(await page("?q=late"));
    expect(rows).toEqual([
      expect.stringMatching(/The mapping has no rules\..*just now by amina.*empty/),
    ]);
  });

  it("shows a mapping that cannot be used, with what is wrong", async () => {
    await publish("mapping/gitlab/acme/broken", {
      rules: [{ name: "A", on: "issue.open", too: "x" }],
    });
    const [row] = rowsIn(await page("?state=broken&q=acme/broken"));
    expect(row).toContain("The mapping cannot be used: rules[0].to:");
    expect(row).toContain("cannot be used");
  });

  test.for([
    ["a word of its sentence", "?q=labels+LICENSE", ["Licensing requests"]],
    ["words of its mapping", "?q=acme/team+opened", ["Licensing requests"]],
    ["nothing that is there", "?q=zebra", []],
    ["its destination", "?to=hook", ["Quiet"]],
    ["rules that are off", "?state=off", ["Quiet"]],
    ["rules in shadow", "?state=shadow", ["Beside Zapier"]],
    ["destinations that are not there", "?state=broken", ["Licensing requests"]],
    ["rules that brought nothing", "?state=quiet&q=team", ["Licensing requests"]],
    ["rules of Slack's channels", "?source=slack", []],
    ["a state that there is not", "?state=odd&q=quiet", ["Quiet"]],
  ] as const)("finds rules by %s", async ([, query, names]) => {
    const rows = rowsIn(await page(query));
    expect(rows.map((row) => names.find((name) => row.startsWith(name)) ?? row)).toEqual(names);
  });

  it("goes through many rules page by page, each once", async () => {
    const rules = Array.from({ length: 130 }, (_, n) => ({
      name: `Rule ${n}`,
      on: "issue.open",
      to: "hook",
    }));
    await put("mapping/gitlab/acme/many", { rules });
    await put("mapping/gitlab/acme/many-more", { rules });
    const seen: string[] = [];
    let path: string | null = "?q=acme/many";
    while (path !== null) {
      const html: string = await page(path);
      expect(html).toContain("260 of 264 rules");
      seen.push(
        ...[...html.matchAll(/key=([^&"]+)&amp;rule=([^"]+)"/g)].map(
          ([, key, rule]) => `${key} ${rule}`,
        ),
      );
      path =
        /<a href="\/admin\/mappings(\?[^"]+)">Next rules/
          .exec(html)?.[1]
          ?.replaceAll("&amp;", "&") ?? null;
    }
    expect(seen).toHaveLength(260);
    expect(new Set(seen).size).toBe(260);
  });

  it("shows what was edited in KV within ten minutes, and what was published at once", async () => {
    await page();
    const rules = [{ name: "By hand", on: "issue.open", to: "hook" }];
    await publish("mapping/gitlab/acme/by-hand", { rules });
    await put("mapping/gitlab/acme/published", { rules: [{ ...rules[0], name: "Published" }] });
    const soon = await page();
    expect(soon).toContain("Published");
    expect(soon).not.toContain("By hand");
    await step(601_000);
    expect(await page()).toContain("By hand");
  });

  it("shows what was published while KV cannot be read, and says so", async () => {
    await page();
    await put(MAPPING, { rules: [{ name: "New", on: "issue.open", to: "hook" }] });
    await publish("mapping/gitlab/acme/by-hand", { rules: [] });
    await step(601_000);
    const mend = await showInKv(() => {
      throw new Error("KV is away");
    });
    const html = await page("?q=new");
    mend();
    expect(html).toContain("KV could not be read");
    expect(rowsIn(html)).toEqual([expect.stringMatching(/^New When an issue is opened/)]);
  });

  it("runs nothing of what a document says", async () => {
    const name = `"><img src=x onerror=alert(1)>`;
    await put("mapping/gitlab/acme/odd", {
      rules: [{ name, on: name, to: name, when: { labels: name }, message: name }],
    });
    const html = await page(`?q=${encodeURIComponent(name)}&to=${encodeURIComponent(name)}`);
    expect(html).not.toContain("<img");
    expect(html).toContain("1 of 5 rules");
  });

  it("lets a viewer look, and shows nothing to press", async () => {
    const html = await page("", "view");
    expect(html).toContain("Licensing requests");
    expect(html).not.toContain("/admin/rules/switch");
    expect(html).not.toContain("New mapping");
  });

  it("greets who has no mapping yet", async () => {
    await endWorld();
    await createWorld({});
    expect(await page()).toContain("No mapping is published yet.");
  });
});
