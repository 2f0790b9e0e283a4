import { describe, expect, it } from "vitest";
import { inChromium } from "./in-chromium.ts";
import { writeOver, yamlEditor } from "./write-yaml.ts";

describe("the playground", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    "destination/supper": { type: "channel", channel: "C0000000002" },
  });

  it("shows at once what a rule makes of a sample, and sends nothing", async () => {
    const page = await at.visit();
    await page.getByRole("link", { name: "Playground", exact: true }).click();
    const preview = page.getByRole("region", { name: "What it would post" });
    await preview.getByLabel("Event", { exact: true }).selectOption("Merge request opened");
    await preview.getByText(/does not$/).waitFor();
    expect(await preview.getByRole("article").count()).toBe(0);

    await writeOver(page, "on: issue.open", "on: merge_request.*");
    await preview.getByText(/matches$/).waitFor();
    await preview.getByRole("article").waitFor();
    await writeOver(page, "message:", "message: Look at {{ event.title }}");
    await preview
      .getByRole("article")
      .getByText(/^Look at /)
      .waitFor();

    await preview.getByLabel("Event", { exact: true }).selectOption("Issue opened");
    await preview.getByText(/does not$/).waitFor();
    expect(await preview.getByRole("article").count()).toBe(0);
    expect(at.world().slack.workspace.requests).toEqual([]);
  });

  it("begins anew for Slack and for GitLab, until the text is somebody's own", async () => {
    const page = await at.visit();
    await page.goto("/admin/playground");
    await yamlEditor(page).getByText("issue.open").waitFor();
    const source = page.getByLabel("Rules for");
    const event = page.getByLabel("Event", { exact: true });
    await source.selectOption("what happens in Slack");
    await yamlEditor(page).getByText("reaction.eyes").waitFor();
    expect(await event.inputValue()).toBe("sample:slack.reaction_added");
    const preview = page.getByRole("region", { name: "What it would post" });
    await preview.getByText(/matches$/).waitFor();
    await source.selectOption("what happens in GitLab");
    await yamlEditor(page).getByText("issue.open").waitFor();
    expect(await event.inputValue()).toBe("sample:issue.open");
    await writeOver(page, "on: issue.open", "on: issue.close");
    await source.selectOption("what happens in Slack");
    await page
      .getByText(/in line \d+/)
      .first()
      .waitFor();
    expect(await yamlEditor(page).innerText()).toContain("on: issue.close");
  });

  it("marks a mistake at its line, in words, and leads there", async () => {
    const page = await at.visit();
    await page.goto("/admin/playground");
    await writeOver(page, "on: issue.open", "onn: issue.open");
    const problems = page.getByRole("region", { name: "What is wrong with the text" });
    const item = problems.getByRole("listitem").filter({ hasText: "onn" });
    await item.waitFor();
    const said = await item.innerText();
    const line = Number(/in line (\d+)/.exec(said)?.[1]);
    await item.getByRole("button").click();
    const lines = (await yamlEditor(page).innerText()).split("\n");
    expect(lines[line - 1]).toContain("onn: issue.open");

    await writeOver(page, "onn:", "on: issue.open");
    await problems.getByText("No mistakes found.").waitFor();
    await writeOver(page, "on: issue.open", "on: issue.open: closed");
    await problems
      .getByText(/Error in line/)
      .first()
      .waitFor();
    await page.getByRole("status").filter({ hasText: "of the text before" }).waitFor();
  });

  it("completes the names of destinations", async () => {
    const page = await at.visit();
    await page.goto("/admin/playground");
    await writeOver(page, "to: ", "to: s");
    await page.keyboard.press("Control+Space");
    const options = page.getByRole("listbox").getByRole("option");
    await options.filter({ hasText: "support" }).waitFor();
    expect(await options.allInnerTexts()).toEqual([
      expect.stringContaining("supper"),
      expect.stringContaining("support"),
    ]);
    await options.filter({ hasText: "supper" }).click();
    expect(await yamlEditor(page).innerText()).toContain("to: supper");
  });
});
