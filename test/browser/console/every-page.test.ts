import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { startChromium } from "../chromium.ts";
import { furnishedWorld, type FurnishedWorld } from "./furnished-world.ts";
import { goTo, pagesOf, type Way } from "./pages.ts";
import { openConsole, visitConsole, type Visit } from "./visit-console.ts";

/** How a page is looked at. In the dark only its colours differ. */
const LOOKS = [
  { width: 1280, schemes: { light: {}, dark: { runOnly: ["color-contrast"] } } },
  { width: 360, schemes: { light: {} } },
] as const;
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
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
/** A channel is called by its id until Slack was asked. */
const [ITS_ID, ITS_NAME] = ["C0000000001", "#support_gitlab-com"];
const VIEWER = { name: "Vera Lindt", token: "test-viewer-token" };

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
    "is accessible, whole and quiet, $width px wide",
    { timeout: 240_000 },
    async (look) => {
      const { editor, viewer, stranger } = pagesOf(world);
      const visits: [Visit, Record<string, Way>][] = [
        [await visitConsole(browser, world, look), editor],
        [await visitConsole(browser, world, { ...look, ...VIEWER }), viewer],
        [await openConsole(browser, world, look), stranger],
      ];
      const found: Record<string, string[]> = {};
      const headings: string[] = [];
      await Promise.all(
        visits.map(async ([visit, ways]) => {
          for (const [name, way] of Object.entries(ways)) {
            const faults = await faultsOf(visit, way, look);
            if (faults.length > 0) found[name] = faults;
            const heading = await visit.page.locator("h1").innerText();
            headings.push(`${name}: ${heading.replace(ITS_NAME, ITS_ID)}`);
          }
          await visit.close();
        }),
      );
      expect(found).toEqual({});
      expect(visits.flatMap(([visit]) => visit.wrong)).toEqual([]);
      // Each is the page that its name says.
      await expect(`${headings.toSorted().join("\n")}\n`).toMatchFileSnapshot("headings.txt");
    },
  );
});

/** What is wrong with a page, a line each: by axe's rules, and whether it is wider than the screen. */
async function faultsOf(
  { page, calm }: Visit,
  way: Way,
  { width, schemes }: (typeof LOOKS)[number],
): Promise<string[]> {
  try {
    await goTo(page, way);
    await calm();
  } catch (error) {
    return [`cannot be reached: ${String(error)}`];
  }
  await page.evaluate(AXE);
  const violations: AxeResults["violations"] = [];
  for (const [colorScheme, rules] of Object.entries(schemes)) {
    await page.emulateMedia({ colorScheme: colorScheme as "light" | "dark" });
    const asked = JSON.stringify({ ...rules, resultTypes: ["violations"] });
    const results = (await page.evaluate(`axe.run(${asked})`)) as AxeResults;
    violations.push(...results.violations);
  }
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
