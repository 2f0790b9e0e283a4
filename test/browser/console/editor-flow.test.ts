import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../cli/node/fixture.ts";
import { inChromium } from "./in-chromium.ts";
import { writeOver, yamlEditor } from "./write-yaml.ts";

const PROJECT = "gitlab-com/support/dotcom/cmoc-handover";
const RULES = ["First", "Second", "Third"].map((name) => ({
  name,
  on: "issue.open",
  when: { labels: { any: [name] } },
  to: "support",
  message: "opened",
}));
const DRAFT = "In this tab you wrote something here on";

describe("the editor", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    ...Object.fromEntries(
      ["both", "commented", "preview"].map((name) => [keyOf(name), { rules: RULES }]),
    ),
    [`mapping/gitlab/${PROJECT}`]: { rules: RULES },
    [keyOf("dubious")]: {
      rules: [
        { name: "First", on: "issue.open", to: "support", message: "opened" },
        { name: "Second", on: "issue.close", to: "support", message: "closed" },
      ],
    },
  });

  async function edit(name: string, by = "Amina Okafor"): Promise<Page> {
    const page = await at.visit({ name: by });
    await page.goto(`/admin/documents?key=${encodeURIComponent(keyOf(name))}`);
    await yamlEditor(page).waitFor();
    return page;
  }

  it("has the event that one comes from, with the cursor on its rule", async () => {
    const { send, settled } = at.world();
    const id = await send(fixture("issue.open", PROJECT));
    await settled();
    await send(fixture("issue.close", PROJECT));
    await settled();
    const page = await at.visit();
    await page.goto(`/admin/events/${id}`);
    const said = page.getByRole("region", { name: "What the rules said" });
    await said.getByRole("link", { name: "Third" }).click();
    await yamlEditor(page).waitFor();
    expect(await page.getByLabel("Event", { exact: true }).inputValue()).toBe(id);
    await page.locator(".cm-activeLine", { hasText: "Third" }).waitFor();
  });

  it("has others' changes decided on when a text is taken up that was begun before them", async () => {
    const [amina, bruno] = [await edit("both"), await edit("both", "Bruno Keller")];
    await writeOver(amina, "name: First", "- name: Primero");
    await writeOver(bruno, "name: Second", "- name: Segundo");
    await publish(bruno);
    await amina.getByRole("button", { name: /^Publish/ }).click();
    await amina.getByRole("link", { name: "Take theirs" }).click();
    await amina.getByText(DRAFT).waitFor();
    await amina.getByText("Bruno Keller published the document since you began").waitFor();
    await amina.getByRole("button", { name: "Take it up again" }).click();
    await amina.getByRole("button", { name: /^Publish/ }).click();
    await amina.getByRole("heading", { name: "Somebody else was faster" }).waitFor();
    await amina.getByRole("button", { name: "Publish both" }).click();
    await amina.getByText("Published: all rules go by it from now on.").waitFor();
    const { text } = await at.world().api<{ text: string }>(`/documents/${keyOf("both")}`);
    const { rules } = JSON.parse(text) as { rules: { name: string }[] };
    expect(rules.map(({ name }) => name)).toEqual(["Primero", "Segundo", "Third"]);
    await amina.goto(`/admin/documents?key=${encodeURIComponent(keyOf("both"))}`);
    await yamlEditor(amina).waitFor();
    expect(await amina.getByText(DRAFT).isVisible()).toBe(false);
  });

  it("does not offer what was published as if it was not", async () => {
    const page = await edit("commented");
    await writeOver(page, "name: First", "- name: Primero # as they say");
    await publish(page);
    await page.goto(`/admin/documents?key=${encodeURIComponent(keyOf("commented"))}`);
    await yamlEditor(page).getByText("Primero").waitFor();
    expect(await page.getByText(DRAFT).isVisible()).toBe(false);

    await page.goto("/admin/documents?new=destination");
    await page.getByLabel("Name").fill("fresh");
    await writeOver(page, "channel: C0123456789", "channel: C0000000002");
    await publish(page);
    await page.goto("/admin/documents?new=destination");
    await yamlEditor(page).getByText("C0123456789").waitFor();
    expect(await page.getByText(DRAFT).isVisible()).toBe(false);
  });

  it("says nothing of a new document before it has a name, and asks for the name alone", async () => {
    const page = await at.visit();
    await page.goto("/admin/documents?new=destination");
    await page.getByText("Say first what it is for, at the top.").waitFor();
    expect(await page.getByRole("main").innerText()).not.toMatch(/Error|begins with/);
    await page.getByLabel("Name").fill("later");
    await page.getByText("no rule sends here yet.").waitFor();
    expect(await page.getByRole("button", { name: "Publish without looking" }).isEnabled()).toBe(
      true,
    );
    await page.goto("/admin/documents?new=mapping");
    await page.getByRole("link", { name: "For a channel of Slack instead" }).click();
    await page.getByLabel("Slack channel").fill("C0000000001");
    await page.getByText("No mistakes found.").waitFor();
  });

  it("says of a new mapping that there is one already, and takes an address for its path", async () => {
    const page = await at.visit();
    await page.goto("/admin/documents?new=mapping");
    await yamlEditor(page).waitFor();
    const name = page.getByLabel("Group or project");
    await name.fill("https://gitlab.example.com/acme/preview/-/issues");
    expect(await name.inputValue()).toBe("acme/preview");
    const taken = page.getByRole("status").filter({ hasText: "There is already" });
    await taken.getByText("a mapping for acme/preview: open it").waitFor();
    await name.fill("acme/previews");
    await taken.waitFor({ state: "hidden" });
    await name.fill("acme/preview");
    await taken.getByRole("link", { name: "open it" }).click();
    await page.getByRole("heading", { name: keyOf("preview") }).waitFor();
  });

  it("publishes what has errors knowingly, and says afterwards what they are", async () => {
    const page = await edit("dubious");
    await writeOver(page, "name: First", "- name: Primero");
    await page.getByRole("button", { name: "See what changes" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).waitFor();
    await page.getByText("It is in use at once").waitFor();
    await writeOver(page, "on: issue.open", "on: issue.opne");
    await writeOver(page, "on: issue.close", "on: issue.clsoe");
    await page.getByText("2 errors above: published as it is, these rules may").waitFor();
    await page.getByRole("button", { name: "Publish all the same" }).click();
    await page.getByRole("heading", { name: "Published with errors" }).waitFor();
    await page.getByRole("link", { name: `Correct ${keyOf("dubious")}` }).click();
    await yamlEditor(page).waitFor();
    await writeOver(page, "on: issue.clsoe", "on: issue.close");
    await page.getByText("1 error above: published as it is, this rule may").waitFor();
    await writeOver(page, "on: issue.opne", "on: issue.open");
    await page.getByText("It is in use at once").waitFor();
    const button = page.getByRole("button", { name: /^Publish/ });
    expect(await button.innerText()).toBe("Publish without looking");
  });

  it("says what to do with a text that was emptied", async () => {
    const page = await edit("preview");
    await yamlEditor(page).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.getByText(": the document is empty: write it anew").waitFor();
    await page.getByText("It is empty.").waitFor();
    expect(await page.getByRole("button", { name: /^Publish/ }).isDisabled()).toBe(true);
  });

  it("keeps the last good preview, greyed, while a line is half written", async () => {
    const page = await edit("preview");
    const preview = page.locator("#preview");
    await page.getByLabel("Event", { exact: true }).selectOption("Issue opened");
    await preview.getByText("First").first().waitFor();
    await writeOver(page, "name: Second", "- nam: Second");
    await page.locator("#preview.of-before").waitFor();
    expect(await preview.innerText()).toContain("First");
    await page
      .locator("#problems li", { hasText: /in line \d+: nam of rule 2: unknown/ })
      .waitFor();
    await page.getByText(/^Correct the .*first\.$/).waitFor();
    await writeOver(page, "nam: Second", "- name: Second");
    await page.locator("#preview:not(.of-before)").waitFor();
  });

  it("has the button stand out that is to be pressed first", async () => {
    const page = await edit("preview");
    const look = page.getByRole("button", { name: "See what changes" });
    expect(await look.getAttribute("class")).toBe("main");
    await look.click();
    const button = page.getByRole("button", { name: "Publish", exact: true });
    await button.waitFor();
    expect([await button.getAttribute("class"), await look.getAttribute("class")]).toEqual([
      "main",
      null,
    ]);
  });

  it("shows nothing without scripts that does nothing then", async () => {
    const signedIn = await at.visit();
    const context = await at.browser().newContext({
      javaScriptEnabled: false,
      baseURL: at.world().url,
      storageState: await signedIn.context().storageState(),
    });
    const page = await context.newPage();
    await page.goto(`/admin/documents?key=${encodeURIComponent(keyOf("preview"))}`);
    expect(await page.locator("noscript").count()).toBeGreaterThan(0);
    expect(await page.getByRole("button", { name: /Publish|See what/ }).count()).toBe(0);
    expect(await page.getByRole("link", { name: /^Delete this/ }).count()).toBe(1);
    await context.close();
  });
});

function keyOf(name: string): string {
  return `mapping/gitlab/acme/${name}`;
}

async function publish(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Publish/ }).click();
  await page.getByText("Published: all rules go by it from now on.").waitFor();
}
