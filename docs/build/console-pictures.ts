import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleCauseway } from "../../bench/build/bundle-worker.ts";
import { startChromium } from "../../test/browser/chromium.ts";
import { furnishedWorld } from "../../test/browser/console/furnished-world.ts";
import { goTo, pagesOf } from "../../test/browser/console/pages.ts";
import { openConsole, visitConsole } from "../../test/browser/console/visit-console.ts";

/**
 * Pictures of the console's pages. Without arguments those of docs/console.md, as tall as a screen; with a
 * folder all pages in full, light, dark and narrow, to be looked at, or those that are named.
 */
const LOOKS = {
  "": { scheme: "light", width: 1280 },
  "-dark": { scheme: "dark", width: 1280 },
  "-narrow": { scheme: "light", width: 360 },
} as const;
const VIEWER = { name: "Vera Lindt", token: "test-viewer-token" };

const docs = join(import.meta.dirname, "..");
const [given, ...named] = process.argv.slice(2);
const folder = given ?? join(docs, "images/console");
const shown = Array.from(
  readFileSync(join(docs, "console.md"), "utf8").matchAll(/images\/console\/([\w-]+)\.png/g),
  ([, name]) => name,
);
const isWanted = (page: string, look: string) =>
  given === undefined ? shown.includes(page + look) : named.length === 0 || named.includes(page);

mkdirSync(folder, { recursive: true });
const [browser, world] = await Promise.all([
  startChromium(),
  furnishedWorld(await bundleCauseway("pictures")),
]);
for (const [look, how] of Object.entries(LOOKS)) {
  const { editor, viewer, stranger } = pagesOf(world);
  for (const [ways, visit] of [
    [editor, await visitConsole(browser, world, how)],
    [viewer, await visitConsole(browser, world, { ...how, ...VIEWER })],
    [stranger, await openConsole(browser, world, how)],
  ] as const) {
    for (const [name, way] of Object.entries(ways)) {
      if (!isWanted(name, look)) continue;
      await goTo(visit.page, way);
      await visit.calm();
      const picture = await visit.page.screenshot({ fullPage: given !== undefined });
      writeFileSync(join(folder, `${name}${look}.png`), picture);
    }
    await visit.close();
  }
}
await browser.close();
await world.stop();
process.exit(0);
