import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { worldOf, type World } from "../../cli/node/world-of.ts";
import { startChromium } from "../chromium.ts";
import { openConsole, visitConsole, type Visit } from "./visit-console.ts";

type WhoVisits = { name?: string; token?: string };

/** What the tests of a file have: a Worker of their own, and windows that are closed after each test. */
export type InChromium = {
  world: () => World;
  browser: () => Browser;
  /** A window at the sign-in page. */
  open: () => Promise<Page>;
  /** A window of somebody who has signed in. */
  visit: (who?: WhoVisits) => Promise<Page>;
};

/**
 * Starts a Worker with these documents, and a browser, for the tests of a file. After each test no window
 * may have had a script that failed, a dialog, or something that the page's policy stopped.
 */
export function inChromium(documents: Record<string, unknown>): InChromium {
  let browser: Browser;
  let world: World;
  let visits: Visit[] = [];

  beforeAll(async () => {
    [browser, world] = await Promise.all([
      startChromium(),
      worldOf(inject("bundle"), documents, { VIEWER_TOKEN: "test-viewer-token" }),
    ]);
  });
  afterEach(async () => {
    const wrong = visits.flatMap((visit) => visit.wrong);
    await Promise.all(visits.map(async ({ close }) => await close()));
    visits = [];
    expect(wrong).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  function kept(visit: Visit): Page {
    visits.push(visit);
    visit.page.setDefaultTimeout(10_000);
    return visit.page;
  }

  return {
    world: () => world,
    browser: () => browser,
    open: async () => kept(await openConsole(browser, world)),
    visit: async (who = {}) => kept(await visitConsole(browser, world, who)),
  };
}
