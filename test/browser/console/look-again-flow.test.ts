import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { sampleBody } from "../../../src/sandbox/sample-delivery.ts";
import { fixture } from "../../cli/node/fixture.ts";
import { inChromium } from "./in-chromium.ts";
import { visitConsole } from "./visit-console.ts";

const MINUTE_MS = 60_000;

describe("a page that looks by itself", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    "mapping/gitlab/acme": { rules: [{ name: "Opened", on: "issue.open", to: "support" }] },
  });

  async function arrives(title: string): Promise<void> {
    await at.world().send(sampleBody(fixture("issue.open", "acme/a"), { title, fresh: true }));
  }

  /** The list of events in a window whose clock the test turns, and how often it has looked. */
  async function list(): Promise<{ page: Page; looks: () => number }> {
    const page = await at.visit();
    await page.clock.install();
    await page.goto("/admin/events");
    let looks = 0;
    page.on("requestfinished", (request) => {
      if (request.url().includes("/newer")) looks += 1;
    });
    return { page, looks: () => looks };
  }

  /** Lets time pass in steps that leave answers room to come. */
  async function pass(page: Page, ms: number, stepMs: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await page.clock.runFor(stepMs);
      await page.waitForTimeout(5);
    }
  }

  it("does so seldomer the longer nothing comes, stops, and goes on when it is asked to", async () => {
    const { page, looks } = await list();
    await pass(page, MINUTE_MS, 1_000);
    const first = looks();
    expect(first).toBeGreaterThan(10);
    expect(first).toBeLessThanOrEqual(20);
    await pass(page, MINUTE_MS, 1_000);
    expect(looks() - first).toBeLessThanOrEqual(6);
    expect(looks() - first).toBeGreaterThanOrEqual(4);
    await pass(page, 29 * MINUTE_MS, 10_000);
    const over = page.getByText("this page looks no more by itself");
    await over.waitFor();
    const before = looks();
    await pass(page, 10 * MINUTE_MS, 10_000);
    expect(looks()).toBe(before);
    await arrives("after half an hour");
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByText("after half an hour").waitFor();
    expect(await over.isVisible()).toBe(false);
  });

  it("keeps what is there when an answer is not Causeway's, says so, and goes on", async () => {
    const { page, looks } = await list();
    await page.route("**/admin/events/newer**", async (route) => {
      const body = "<html><body><h1>Welcome to the hotel</h1></body></html>";
      await route.fulfill({ status: 200, contentType: "text/html", body });
    });
    await page.clock.runFor(4_000);
    await page.getByRole("alert").getByText("did not come from Causeway (HTTP 200)").waitFor();
    expect(await page.getByText("Welcome to the hotel").count()).toBe(0);
    await page.unroute("**/admin/events/newer**");
    await arrives("after the hotel");
    await pass(page, 20_000, 1_000);
    await page.getByText("after the hotel").waitFor();
    expect(await page.locator("#news").isVisible()).toBe(false);
    expect(looks()).toBeGreaterThan(1);
  });

  it("says how to sign in where something before it leads elsewhere", async () => {
    // A window of its own: the browser logs what is broken off.
    const { page, close } = await visitConsole(at.browser(), at.world());
    await page.clock.install();
    await page.goto("/admin/events");
    await page.route("**/admin/events/newer**", async (route) => await route.abort());
    await page.clock.runFor(4_000);
    const news = page.getByRole("alert");
    await news.getByText("or your sign-in has ended").waitFor();
    const way = news.getByRole("link", { name: "Load this page again" });
    expect(await way.getAttribute("href")).toBe(page.url());
    await close();
  });

  it("says how long ago things were, as time goes by", async () => {
    await arrives("a while ago");
    const { page } = await list();
    const row = page.getByRole("row").filter({ hasText: "a while ago" });
    await row.getByText(/just now|second/).waitFor();
    await pass(page, 3 * MINUTE_MS, 10_000);
    expect(await row.locator("time").textContent()).toBe("3 minutes ago");
  });
});

describe("a form", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    "mapping/gitlab/acme": { rules: [{ name: "Opened", on: "issue.open", to: "support" }] },
  });

  it("is sent once, however often its button is pressed", async () => {
    const title = "pressed twice";
    await at.world().send(sampleBody(fixture("issue.open", "acme/a"), { title, fresh: true }));
    const page = await at.visit();
    await page.goto("/admin/events");
    await page.getByRole("link", { name: title }).click();
    await page.getByRole("link", { name: "Replay as it was" }).click();
    let sent = 0;
    await page.route("**/replay", async (route) => {
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    const isDisabled = await page
      .getByRole("button", { name: "Send these again" })
      .evaluate(
        async (button: { click(): void; disabled: boolean; form: { requestSubmit(): void } }) => {
          button.click();
          await new Promise((resolve) => setTimeout(resolve, 300));
          button.form.requestSubmit();
          return button.disabled;
        },
      );
    expect(isDisabled).toBe(true);
    await page.getByText("1 message is on the way").waitFor();
    expect(sent).toBe(1);
  });

  it("keeps what somebody wrote when the session ends, and says how to sign in", async () => {
    const page = await at.visit();
    await page.goto("/admin/people");
    const field = page.getByLabel(/^Slack member/);
    await field.fill("somebody");
    await page.context().clearCookies();
    await field.press("End");
    await field.pressSequentially("else");
    const news = page.getByRole("alert").filter({ hasText: "Your session has ended" });
    await news.waitFor();
    expect(await field.inputValue()).toBe("somebodyelse");
    const link = news.getByRole("link", { name: "Sign in in another tab" });
    expect(await link.getAttribute("target")).toBe("_blank");
    expect(await link.getAttribute("href")).toBe("/admin/sign-in?back=%2Fadmin%2Fpeople");
  });
});

describe("signing out", () => {
  const at = inChromium({
    "mapping/gitlab/acme": { rules: [{ name: "Opened", on: "issue.open", to: "support" }] },
  });

  it("takes what was written in the tab with it", async () => {
    const page = await at.visit();
    await page.evaluate("sessionStorage.setItem('causeway:draft:mapping/x', '{}')");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Token").waitFor();
    expect(await page.evaluate("sessionStorage.getItem('causeway:draft:mapping/x')")).toBeNull();
  });
});
