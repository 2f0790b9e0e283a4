import type { Browser, Page, Request } from "playwright-core";
import type { World } from "../../cli/node/world-of.ts";

/** A window on the console. */
export type Visit = {
  page: Page;
  /** What went wrong in it: scripts that failed, what the CSP stopped, dialogs. */
  wrong: string[];
  /** Waits until the page has all that it loads by itself. */
  calm: () => Promise<void>;
  close: () => Promise<void>;
};

const REFUSALS = ["401", "403", "409"];

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
    // What was written and not published may be left.
    if (dialog.type() === "beforeunload") return void dialog.accept();
    wrong.push(dialog.message());
    void dialog.dismiss();
  });
  const documents = new Set<string>();
  page.on("response", (response) => {
    if (response.request().isNavigationRequest()) documents.add(response.url());
  });
  page.on("console", (message) => {
    const { url } = message.location();
    const status = /status of (\d+)/.exec(message.text())?.[1];
    if (message.type() !== "error") return;
    // A page that refuses something, or is not there, is logged by the browser as well; and what of a page was refused on purpose.
    if (status !== undefined && (documents.has(url) || REFUSALS.includes(status))) return;
    wrong.push(`${message.text()} ${url}`);
  });
  const calm = untilCalm(page);
  await page.goto("/admin");
  return { page, wrong, calm, close: async () => await context.close() };
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

/** So long after its last answer a page asks for nothing more, unless somebody types. */
const QUIET_MS = 60;
const MAX_MS = 10_000;

function untilCalm(page: Page): () => Promise<void> {
  const asked = new Set<Request>();
  let lastAt = 0;
  const answered = (request: Request): void => {
    asked.delete(request);
    lastAt = Date.now();
  };
  page.setDefaultTimeout(10_000);
  page.on("request", (request) => asked.add(request));
  page.on("requestfinished", answered);
  page.on("requestfailed", answered);
  return async () => {
    const end = Date.now() + MAX_MS;
    while (asked.size > 0 || Date.now() < lastAt + QUIET_MS) {
      if (Date.now() > end) {
        throw new Error(`${page.url()} still loads ${[...asked].map((each) => each.url()).join()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}
