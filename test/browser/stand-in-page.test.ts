import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listeningApp } from "../sandbox/calls.ts";
import { servedSlack } from "../sandbox/node/serving.ts";
import { startChromium } from "./chromium.ts";

/** Run in the page. */
const BACKGROUND = "getComputedStyle(document.body).backgroundColor";
const SUPPORT = { channel: "C0000000001", poster: "causeway" };
const TOOLS = "getComputedStyle(document.querySelector('.tools')).opacity";
const TRIGGER = "/triggers/T0CAUSEWAY/4100000000001/00000000000000000000000000000001";

describe("the stand-in's page in a browser", () => {
  let browser: Browser;
  let slack: Awaited<ReturnType<typeof servedSlack>>;
  let listening: ReturnType<typeof listeningApp>;
  let page: Page;
  let dialogs: string[];

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => await browser.close());

  beforeEach(async () => {
    listening = listeningApp();
    slack = await servedSlack({ app: listening.app });
    page = await browser.newPage();
    dialogs = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => dialogs.push(error.message));
    await page.goto(slack.url);
  });
  afterEach(async () => {
    await page.close();
    slack.stop();
  });

  async function trigger(title: string): Promise<void> {
    await fetch(`${slack.url}${TRIGGER}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        title,
        url: "https://gitlab.example.com/1",
        author: "Ann",
        project: "handover",
      }),
    });
  }

  it("says what to type while nothing has arrived", async () => {
    expect(await page.textContent("body")).toContain("npm run sample -- issue.open");
  });

  it("shows a message in its channel the moment it arrives", async () => {
    await trigger("EMEA to AMER");
    await page.getByText("EMEA to AMER").first().waitFor();
    expect(await page.textContent("body")).toContain("support_gitlab-com");
    expect(dialogs).toEqual([]);
  });

  it("runs no script that a message brings", async () => {
    await trigger(`<img src=x onerror="alert('x')"><script>alert('y')</script>`);
    await page.getByText("onerror").first().waitFor();
    expect(dialogs).toEqual([]);
  });

  it("lets one react, and shows what the app makes of it", async () => {
    listening.app.send = async () => {
      slack.workspace.post({ via: "bot", path: "", ...SUPPORT, text: "A manager was called." });
      return new Response();
    };
    await trigger("urgent");
    await page.locator("article").hover();
    await page.getByLabel("escalate", { exact: true }).click();
    await page.getByText("A manager was called.").first().waitFor();

    const [message] = slack.workspace.messages;
    expect(message?.reactions).toEqual([{ name: "escalate", users: ["U0000000001"] }]);
    const pill = page.locator(".reactions button");
    expect(await pill.innerText()).toBe(":escalate: 1");
    expect(await pill.getAttribute("aria-pressed")).toBe("true");

    await pill.press("Enter");
    await pill.waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.closest('article').id")).toBe(
      `m${message?.ts}`,
    );
    expect(message?.reactions).toEqual([]);
    expect(dialogs).toEqual([]);
  });

  it("plays whom one chooses, and remembers it", async () => {
    await trigger("urgent");
    await page.selectOption("#you", { label: "Bruno Keller" });
    await page.reload();
    const [message] = slack.workspace.messages;
    const other = page.getByLabel("Another emoji, by name");
    await other.fill(":eyes:");
    await other.press("Enter");
    await page.locator(".reactions button").waitFor();
    expect(message?.reactions).toEqual([{ name: "eyes", users: ["U0000000002"] }]);
    // What was typed with the keyboard is gone, and the keyboard is where it was.
    expect(await other.inputValue()).toBe("");
    expect(await page.evaluate("document.activeElement.name")).toBe("emoji");
  });

  it("takes messages, the slash command, shortcuts, and lets one leave and join", async () => {
    await trigger("urgent");
    const write = async (text: string) => {
      await page.getByLabel("Message", { exact: true }).fill(text);
      await page.keyboard.press("Enter");
    };
    await write("<b>on it</b> & more");
    await page.getByText("<b>on it</b> & more").waitFor();
    await write("/causeway help");
    await page.locator("article").first().hover();
    await page.getByLabel("More actions").first().click();
    await page.getByText("Make a GitLab issue").first().click();
    await page.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByRole("button", { name: "Leave" }).waitFor();
    await expect
      .poll(() => listening.heard.map(({ path }) => path))
      .toEqual(["/slack/commands", "/slack/interactions", "/slack/events"]);
    expect(slack.workspace.messages[1]?.text).toBe("&lt;b&gt;on it&lt;/b&gt; &amp; more");
    expect(dialogs).toEqual([]);
  });

  it("runs no script that a person, a name or a reaction brings", async () => {
    const hostile = `"><img src=x onerror="alert('x')"><script>alert('y')</script>`;
    Object.assign(slack.workspace.member("chen") ?? {}, { realName: hostile });
    const message = slack.people.say("chen", SUPPORT.channel, hostile);
    await slack.people.react("chen", message, hostile);
    await page.locator(".reactions button").waitFor();
    await page.reload();
    await page.locator(".reactions button").waitFor();
    expect(await page.locator("#messages img, #messages script").count()).toBe(0);
    expect(dialogs).toEqual([]);
  });

  it("fits a phone, and follows the dark scheme", async () => {
    await trigger("narrow and dark");
    await page.getByText("narrow and dark").first().waitFor();
    const [message] = slack.workspace.messages;
    for (const emoji of ["escalate", "leftwards_arrow_with_hook", "a-name-that-does-not-end-soon"])
      if (message) await slack.people.react("amina", message, emoji);
    await page.setViewportSize({ width: 375, height: 700 });
    const light = await page.evaluate(BACKGROUND);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await page.evaluate(BACKGROUND);
    expect(dark).not.toBe(light);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(375);
    // No mouse hovers on a phone.
    expect(await page.evaluate(TOOLS)).toBe("1");
  });
});
