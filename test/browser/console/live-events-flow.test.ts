import { describe, expect, it } from "vitest";
import { sampleBody } from "../../../src/sandbox/sample-delivery.ts";
import { fixture } from "../../cli/node/fixture.ts";
import { inChromium } from "./in-chromium.ts";

describe("the list of events", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    "mapping/gitlab/acme": { rules: [{ name: "Opened", on: "issue.open", to: "support" }] },
  });

  async function arrives(title: string): Promise<void> {
    await at.world().send(sampleBody(fixture("issue.open", "acme/a"), { title, fresh: true }));
  }

  it("shows what arrives without being loaded again, and how it goes on", async () => {
    await arrives("before");
    const page = await at.visit();
    await page.getByRole("link", { name: "Events" }).click();
    await page.getByRole("link", { name: "before" }).waitFor();
    await arrives("while one looks");
    const row = page.getByRole("row").filter({ hasText: "while one looks" });
    await row.getByText("delivered").waitFor();
    expect(await row.innerText()).toContain("support");
  });

  it("says how many there are where somebody stands in the list, and takes nothing away", async () => {
    const page = await at.visit();
    await page.goto("/admin/events");
    const link = page.getByRole("link", { name: "before" });
    await link.focus();
    await arrives("while one stands there");
    const more = page.getByRole("link", { name: "1 new event: show it" });
    await more.waitFor();
    expect(await page.getByText("while one stands there").count()).toBe(0);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("before");
    await more.click();
    await page.getByRole("link", { name: "while one stands there" }).waitFor();
  });

  it("stays as it is while it is stopped", async () => {
    const page = await at.visit();
    await page.goto("/admin/events");
    await page.getByRole("link", { name: "Stop that" }).click();
    await page.getByRole("link", { name: "Look for new events" }).waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.clock.install();
    await arrives("while stopped");
    await page.clock.runFor(30_000);
    expect(asked).toEqual([]);
    expect(await page.getByText("while stopped").count()).toBe(0);
    await page.getByRole("link", { name: "Look for new events" }).click();
    await page.getByRole("link", { name: "while stopped" }).waitFor();
  });
});
