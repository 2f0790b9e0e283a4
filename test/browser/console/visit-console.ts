import type { Browser, Page } from "playwright-core";
import type { World } from "../../cli/node/world-of.ts";

/** A window on the console, and what went wrong in it: scripts that failed, what the CSP stopped, dialogs. */
export type Visit = { page: Page; wrong: string[]; close: () => Promise<void> };

type Look = { scheme?: "light" | "dark"; width?: number };

/** Opens a window at the sign-in page. */
export async function openConsole(browser: Browser, world: World, look: Look = {}): Promise<Visit> {
  const { scheme = "light", width = 1280 } = look;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    baseURL: world.url,
    locale: "en-GB",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("dialog", (dialog) => {
    wrong.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    // What was refused on purpose is logged by the browser as well.
    if (message.type() !== "error" || /status of (?:401|403|409)/.test(message.text())) return;
    wrong.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto("/admin");
  return { page, wrong, close: async () => await context.close() };
}

/** Opens a window and signs in. */
export async function visitConsole(
  browser: Browser,
  world: World,
  {
    name = "Amina Okafor",
    token = "test-admin-token",
    ...look
  }: Look & { name?: string; token?: string } = {},
): Promise<Visit> {
  const visit = await openConsole(browser, world, look);
  await signIn(visit.page, name, token);
  await visit.page.getByRole("navigation", { name: "Pages" }).waitFor();
  return visit;
}

/** Fills the form in, as a person does. */
export async function signIn(page: Page, name: string, token: string): Promise<void> {
  await page.getByLabel("Token").fill(token);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
}
