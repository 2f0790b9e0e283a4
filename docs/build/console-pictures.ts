import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundleCauseway } from "../../bench/build/bundle-worker.ts";
import { startChromium } from "../../test/browser/chromium.ts";
import { furnishedWorld } from "../../test/browser/console/furnished-world.ts";
import { pagesOf } from "../../test/browser/console/pages.ts";
import { visitConsole } from "../../test/browser/console/visit-console.ts";

const LOOKS = {
  light: { scheme: "light", width: 1280 },
  dark: { scheme: "dark", width: 1280 },
  narrow: { scheme: "light", width: 375 },
} as const;

const [folder = "", ...wanted] = process.argv.slice(2);
if (folder === "") {
  console.error("Usage: node docs/build/console-pictures.ts <folder> [page…]");
  process.exit(2);
}

/** Pictures of every page of the console, light, dark and narrow, to be looked at. */
mkdirSync(folder, { recursive: true });
const [browser, world] = await Promise.all([
  startChromium(),
  furnishedWorld(await bundleCauseway("pictures")),
]);
for (const [look, how] of Object.entries(LOOKS)) {
  const { page, close } = await visitConsole(browser, world, how);
  for (const [name, path] of Object.entries(pagesOf(world))) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await page.goto(path);
    await page.waitForTimeout(800);
    writeFileSync(join(folder, `${name}-${look}.png`), await page.screenshot({ fullPage: true }));
  }
  await close();
}
await browser.close();
await world.stop();
process.exit(0);
