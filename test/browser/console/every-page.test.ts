import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { startChromium } from "../chromium.ts";
import { furnishedWorld, type FurnishedWorld } from "./furnished-world.ts";
import { pagesOf } from "./pages.ts";
import { openConsole, visitConsole } from "./visit-console.ts";

const LOOKS = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 360 },
] as const;
const WIDTH = "document.documentElement.scrollWidth";
/** Where one is in the navigation, and on a wide screen all tables but the matrix, are whole. */
const CUT_OFF = `[
  ...[...document.querySelectorAll(".frame nav [aria-current]")]
    .map((link) => link.getBoundingClientRect())
    .filter(({ left, right }) => left < 0 || right > innerWidth)
    .map(() => "does not show where one is"),
  ...[...document.querySelectorAll(".table:not(.matrix)")]
    .filter((table) => innerWidth > 1000 && table.scrollWidth > table.clientWidth)
    .map((table) => "has a table that is cut off: " + table.innerText.slice(0, 60)),
]`;
const CALM_MS = 300;

describe("every page of the console", { timeout: 240_000 }, () => {
  let browser: Browser;
  let world: FurnishedWorld;

  beforeAll(async () => {
    [browser, world] = await Promise.all([startChromium(), furnishedWorld(inject("bundle"))]);
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  it.for(LOOKS)(
    "is accessible, whole and quiet: $scheme, $width px",
    { timeout: 240_000 },
    async (look) => {
      const { page, wrong, close } = await visitConsole(browser, world, look);
      const found: Record<string, string[]> = {};
      for (const [name, path] of Object.entries(pagesOf(world))) {
        const faults = await faultsOf(page, path, look.width);
        if (faults.length > 0) found[name] = faults;
      }
      await close();
      expect(found).toEqual({});
      // The page that is not there is the one error that a browser logs.
      expect(wrong.filter((line) => !line.includes("status of 404"))).toEqual([]);
    },
  );

  it.for(LOOKS)("also the one to sign in on: $scheme, $width px", async (look) => {
    const { page, wrong, close } = await openConsole(browser, world, look);
    expect(await faultsOf(page, "/admin/sign-in", look.width)).toEqual([]);
    expect(wrong).toEqual([]);
    await close();
  });
});

/** What is wrong with a page, a line each: by axe's rules, and whether it is wider than the screen. */
async function faultsOf(page: Page, path: string, width: number): Promise<string[]> {
  await page.goto(path);
  // What loads after the page is a part of it.
  await page.waitForTimeout(CALM_MS);
  await page.waitForFunction("document.querySelector('.htmx-request') === null");
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate("axe.run()")) as axe.AxeResults;
  const scrolls = (await page.evaluate(WIDTH)) as number;
  return [
    ...violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 120))
          .join(" | ")
          .slice(0, 400)}`,
    ),
    ...(scrolls > width ? [`is ${scrolls} px wide`] : []),
    ...((await page.evaluate(CUT_OFF)) as string[]),
  ];
}
