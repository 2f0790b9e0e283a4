import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inChromium } from "./in-chromium.ts";
import { yamlEditor } from "./write-yaml.ts";

const KEY = "mapping/gitlab/acme/support";
const MOST_TABS = 60;

/** What the keyboard is at: what it is called, and whether one sees that it is there. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const label = at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
  const { width, height, bottom } = at.getBoundingClientRect();
  const marks = [at, at.parentElement, at.closest(".cm-editor")].some((each) => {
    if (each === null) return false;
    const { outlineStyle, boxShadow } = getComputedStyle(each);
    return outlineStyle !== "none" || boxShadow !== "none";
  });
  return { name: label.trim(), seen: marks && width > 1 && height > 1 && bottom > 0 };
})()`;

describe("with the keyboard alone", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    [KEY]: { rules: [{ name: "Opened", on: "issue.open", to: "support", message: "opened" }] },
  });

  it("one signs in, finds a rule, changes it and publishes it", async () => {
    const page = await at.open();
    const { keyboard } = page;
    await keyboard.type("Amina Okafor");
    await keyboard.press("Tab");
    await keyboard.type("test-admin-token");
    await keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();

    await tabTo(page, "Mappings");
    await keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Mappings" }).waitFor();
    await keyboard.press("Tab");
    expect(await page.evaluate(FOCUSED)).toEqual({ name: "To the content", seen: true });
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    await tabTo(page, "Opened");
    await keyboard.press("Enter");

    await yamlEditor(page).waitFor();
    await tabTo(page, "The document, as YAML");
    await keyboard.press("Control+Home");
    for (let line = 0; line < 4; line += 1) await keyboard.press("ArrowDown");
    await keyboard.press("End");
    await keyboard.type(" by keyboard");
    expect(await yamlEditor(page).innerText()).toContain("message: opened by keyboard");
    // The first may close what is offered to complete.
    await keyboard.press("Escape");
    await keyboard.press("Escape");
    await tabTo(page, "See what changes");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "With the events that came" }).waitFor();
    expect(await page.evaluate(FOCUSED)).toEqual({ name: "See what changes", seen: true });

    await tabTo(page, "Why");
    await keyboard.type("It can be done");
    await tabTo(page, "Publish");
    await keyboard.press("Enter");
    await page.getByText("Published: all rules go by it from now on.").waitFor();
    const { text } = await at.world().api<{ text: string }>(`/documents/${KEY}`);
    expect(JSON.parse(text)).toMatchObject({ rules: [{ message: "opened by keyboard" }] });
  });

  it("one is where one was when a part of a page is replaced", async () => {
    const page = await at.visit();
    await page.goto("/admin/reactions");
    await page.goto("/admin/people");
    const { keyboard } = page;
    await tabTo(page, "GitLab username");
    await keyboard.type("amina");
    await tabTo(page, /^Slack member/);
    await keyboard.type("U0000000001");
    await keyboard.press("Enter");
    await page.getByText(/^Published: amina is/).waitFor();
    await tabTo(page, "Change amina");
    await keyboard.press("Enter");
    await expect
      .poll(() => page.evaluate(FOCUSED))
      .toMatchObject({
        name: expect.stringMatching(/^Who amina is in Slack/) as string,
        seen: true,
      });
    await tabTo(page, "Cancel");
    await keyboard.press("Enter");
    await expect.poll(() => page.evaluate(FOCUSED)).toEqual({ name: "Change amina", seen: true });
  });
});

/** Presses Tab until the keyboard is at what is called so; wherever it comes by, one sees it. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press("Tab");
    // The editor shows it a moment later.
    await expect.poll(() => page.evaluate(FOCUSED)).toMatchObject({ seen: true });
    const focused = (await page.evaluate(FOCUSED)) as { name: string };
    if (typeof name === "string" ? focused.name === name : name.test(focused.name)) return;
    passed.push(focused.name);
  }
  throw new Error(`Tab does not lead to ${name}: ${passed.join(" · ")}`);
}
