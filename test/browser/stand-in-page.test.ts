import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { servedSlack } from "../sandbox/node/serving.ts";

const CHROMIUM = "/usr/bin/chromium";
/** Run in the page. */
const BACKGROUND = "getComputedStyle(document.body).backgroundColor";
const TRIGGER = "/triggers/T0CAUSEWAY/4100000000001/00000000000000000000000000000001";

describe("the stand-in's page in a browser", () => {
  let browser: Browser;
  let slack: Awaited<ReturnType<typeof servedSlack>>;
  let page: Page;
  let dialogs: string[];

  beforeAll(async () => {
    if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: apt-get install chromium`);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
  });
  afterAll(async () => await browser.close());

  beforeEach(async () => {
    slack = await servedSlack();
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

  it("fits a phone, and follows the dark scheme", async () => {
    await trigger("narrow and dark");
    await page.setViewportSize({ width: 375, height: 700 });
    const light = await page.evaluate(BACKGROUND);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await page.evaluate(BACKGROUND);
    expect(dark).not.toBe(light);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(375);
  });
});
