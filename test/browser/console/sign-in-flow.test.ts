import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { startSession, writeSession } from "../../../src/console/session.ts";
import { inChromium } from "./in-chromium.ts";
import { signIn } from "./visit-console.ts";
import { writeOver, yamlEditor } from "./write-yaml.ts";

const TOKEN = "test-admin-token";
const KEY = "mapping/gitlab/acme/support";
const EDITOR = `/admin/documents?key=${encodeURIComponent(KEY)}`;
const HOUR_MS = 3_600_000;

describe("who may come in, and what they may do", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    [KEY]: { rules: [{ name: "Opened", on: "issue.open", to: "support", message: "opened" }] },
  });

  async function published(): Promise<string> {
    return (await at.world().api<{ text: string }>(`/documents/${KEY}`)).text;
  }

  it("says of a wrong token what is wrong, and lets the right one in where one was going", async () => {
    const page = await at.open();
    await page.goto("/admin/failed");
    await signIn(page, "Amina Okafor", "not-the-token");
    const said = page.getByText(/^This is not the token/);
    await said.waitFor();
    expect(await page.getByLabel("Your name").inputValue()).toBe("Amina Okafor");
    await signIn(page, "Amina Okafor", TOKEN);
    await page.getByRole("heading", { level: 1, name: "Failed" }).waitFor();

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goto("/admin/failed");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("keeps a draft whose session ended before it was published", async () => {
    const page = await at.visit();
    await page.goto(EDITOR);
    await writeOver(page, "message: opened", "message: kept");
    await endSession(page);

    await page.getByRole("button", { name: "Publish without looking" }).click();
    await page.getByRole("heading", { name: "Your session has ended" }).waitFor();
    expect(await published()).toContain("opened");
    const [signedIn] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "sign in in another tab" }).click(),
    ]);
    await signedIn.getByText("Your session has ended. Sign in again.").waitFor();
    await signIn(signedIn, "Amina Okafor", TOKEN);
    await yamlEditor(signedIn).waitFor();

    await page.goBack();
    await page.getByRole("button", { name: "Take it up again" }).click();
    await yamlEditor(page).getByText("message: kept").waitFor();
    await page.getByRole("button", { name: "Publish without looking" }).click();
    await page.getByText("Published: all rules go by it from now on.").waitFor();
    expect(await published()).toContain("kept");
  });

  it("says that a session has ended where somebody writes, and leaves the text alone", async () => {
    const page = await at.visit();
    await page.clock.install();
    await page.goto(EDITOR);
    const [line = ""] = /message: \w+/.exec(await yamlEditor(page).innerText()) ?? [];
    await writeOver(page, line, "message: unfinished");
    await endSession(page);
    // The page looks by itself whether somebody else has published.
    await page.clock.runFor(25_000);
    await page.getByRole("alert").getByText("Your session has ended.").waitFor();
    expect(await yamlEditor(page).innerText()).toContain("message: unfinished");
  });

  it("refuses a form that another site sends in somebody's name", async () => {
    const page = await at.visit();
    const before = await published();
    const evil = `<form method="post" action="${at.world().url}/admin/documents">
      <input name="key" value="${KEY}"><input name="text" value='{"rules":[]}'>
      <button>Win a prize</button></form>`;
    const server = createServer((_, answer) =>
      answer.setHeader("content-type", "text/html").end(evil),
    );
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    try {
      // Another port of the same host: the browser sends the cookie with it.
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.getByRole("button", { name: "Win a prize" }).click();
      await page.getByRole("heading", { name: "Nothing was changed" }).waitFor();
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(await published()).toBe(before);
  });

  it("shows a viewer everything, and changes nothing for one", async () => {
    const page = await at.visit({ name: "Vera Lindt", token: "test-viewer-token" });
    const before = await published();
    await page.goto("/admin/mappings");
    await page.getByRole("link", { name: "Opened" }).waitFor();
    expect(await page.getByRole("button", { name: /switch/ }).count()).toBe(0);
    await page.goto("/admin/destinations");
    await page.getByRole("link", { name: "Check support" }).waitFor();
    expect(await page.getByText("Pause").count()).toBe(0);
    await page.goto(EDITOR);
    await yamlEditor(page).waitFor();
    await page.getByText("Publishing is for editors.").waitFor();
    expect(await page.getByRole("button", { name: /^Publish/ }).count()).toBe(0);

    const status = await page.evaluate(`fetch("/admin/documents", {
      method: "POST",
      body: new URLSearchParams({ key: "${KEY}", text: '{"rules":[]}' }),
    }).then(({ status }) => status)`);
    expect(status).toBe(403);
    expect(await published()).toBe(before);
  });
});

/** Lets the window have a session that was over an hour ago. */
async function endSession(page: Page): Promise<void> {
  const context = page.context();
  const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith("session"));
  if (cookie === undefined) throw new Error("Nobody is signed in.");
  const ended = startSession("Amina Okafor", "edit", Date.now() - 9 * HOUR_MS);
  await context.addCookies([{ ...cookie, value: await writeSession(ended, TOKEN) }]);
}
