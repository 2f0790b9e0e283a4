import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inChromium } from "./in-chromium.ts";
import { writeOver, yamlEditor } from "./write-yaml.ts";

/** Each test has a mapping of its own. */
const NAMES = ["both", "over", "warned", "back"] as const;
const RULES = [
  { name: "Opened", on: "issue.open", to: "support", message: "opened" },
  { name: "Closed", on: "issue.close", to: "support", message: "closed" },
];

describe("two editors of one document", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    ...Object.fromEntries(NAMES.map((name) => [keyOf(name), { rules: RULES }])),
  });

  /** Amina and Bruno both have the document open; Bruno has published his message of the second rule. */
  async function conflicting(name: (typeof NAMES)[number]): Promise<[Page, Page]> {
    const [amina, bruno] = await Promise.all([
      at.visit({ name: "Amina Okafor" }),
      at.visit({ name: "Bruno Keller" }),
    ]);
    const path = `/admin/documents?key=${encodeURIComponent(keyOf(name))}`;
    await amina.clock.install();
    for (const page of [amina, bruno]) {
      await page.goto(path);
      await yamlEditor(page).waitFor();
    }
    await writeOver(bruno, "message: closed", "message: shut");
    await publish(bruno, "Shorter");
    await bruno.getByText("Published: all rules go by it from now on.").waitFor();
    return [amina, bruno];
  }

  async function rulesOf(name: (typeof NAMES)[number]): Promise<(string | undefined)[]> {
    const { text } = await at.world().api<{ text: string }>(`/documents/${keyOf(name)}`);
    const { rules } = JSON.parse(text) as { rules: { message?: string }[] };
    return rules.map(({ message }) => message);
  }

  it("are told of each other, and can publish both changes", async () => {
    const [amina] = await conflicting("both");
    await writeOver(amina, "message: opened", "message: new");
    await publish(amina, "Friendlier");
    await amina.getByRole("heading", { name: "Somebody else was faster" }).waitFor();

    const theirs = amina.getByRole("region", { name: "What they changed", exact: true });
    expect(await theirs.innerText()).toMatch(/Bruno Keller published this document[\s\S]*Shorter/);
    expect(await theirs.innerText()).toContain("shut");
    await amina.getByText("Your text", { exact: true }).click();
    expect(await amina.getByRole("textbox", { name: "As YAML" }).inputValue()).toContain(
      "message: new",
    );
    expect(await rulesOf("both")).toEqual(["opened", "shut"]);

    await amina.getByRole("button", { name: "Publish both" }).click();
    await amina.getByText("Published: all rules go by it from now on.").waitFor();
    expect(await rulesOf("both")).toEqual(["new", "shut"]);
  });

  it("can overwrite the other only knowingly, and history has both", async () => {
    const [amina] = await conflicting("over");
    await writeOver(amina, "message: closed", "message: done");
    await publish(amina, "Clearer");
    await amina.getByText("They cannot be put together by themselves").waitFor();
    const overwrite = amina.getByRole("button", { name: "Overwrite theirs" });
    await overwrite.click();
    expect(await rulesOf("over")).toEqual(["opened", "shut"]);
    await amina.getByLabel("I have read what they changed").check();
    await overwrite.click();
    await amina.getByText("Published: all rules go by it from now on.").waitFor();
    expect(await rulesOf("over")).toEqual(["opened", "done"]);

    await amina.goto(`/admin/history?key=${encodeURIComponent(keyOf("over"))}`);
    const [, first, second] = await amina.getByRole("row").allInnerTexts();
    expect(first).toMatch(/Amina Okafor[\s\S]*Clearer/);
    expect(second).toMatch(/Bruno Keller[\s\S]*Shorter/);
  });

  it("are warned while they still write, and keep their text", async () => {
    const [amina] = await conflicting("warned");
    await writeOver(amina, "message: opened", "message: new");
    await amina.clock.runFor(25_000);
    await amina.getByText("Bruno Keller published this document while you edit it.").waitFor();
    expect(await yamlEditor(amina).innerText()).toContain("message: new");
  });

  it("can go back to before a publish", async () => {
    const [, bruno] = await conflicting("back");
    expect(await rulesOf("back")).toEqual(["opened", "shut"]);
    await bruno.getByRole("link", { name: "Roll back" }).click();
    await bruno.getByRole("button", { name: "Roll back 1 document" }).click();
    await bruno.getByText(/^Rolled back: it is as it was before/).waitFor();
    expect(await rulesOf("back")).toEqual(["opened", "closed"]);
    await bruno.goto(`/admin/history?key=${encodeURIComponent(keyOf("back"))}`);
    expect(await bruno.getByRole("row").nth(1).innerText()).toMatch(
      /Bruno Keller[\s\S]*rolls back/,
    );
  });
});

function keyOf(name: string): string {
  return `mapping/gitlab/acme/${name}`;
}

async function publish(page: Page, why: string): Promise<void> {
  await page.getByLabel("Why").fill(why);
  await page.getByRole("button", { name: "Publish without looking" }).click();
}
