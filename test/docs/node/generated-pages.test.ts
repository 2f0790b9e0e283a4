import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readCounted } from "../../../bench/costs/read-counted.ts";
import { commandLinePage } from "../../../docs/build/command-line-page.ts";
import { eventsPage } from "../../../docs/build/events-page.ts";
import { fixtureEvents } from "../../../docs/build/fixtures.ts";
import { messagesPage, PICTURES } from "../../../docs/build/messages-page.ts";
import { scalingPage } from "../../../docs/build/scaling-page.ts";

const DOCS = join(import.meta.dirname, "../../../docs");

/** Without what the formatter changes: the widths of tables. */
function content(page: string): string {
  return page
    .replace(/[ \t]+/g, " ")
    .replace(/-{3,}/g, "---")
    .trim();
}

it.for([
  ["events.md", () => eventsPage(fixtureEvents())],
  ["messages.md", () => messagesPage()],
  ["command-line.md", () => commandLinePage()],
  ["scaling.md", () => scalingPage(readCounted())],
] as const)("docs/%s is what `npm run docs` makes of the code", ([file, made]) => {
  expect(content(readFileSync(join(DOCS, file), "utf8"))).toBe(content(made()));
});

it("every picture of the gallery is there, and shows events that are there", () => {
  const events = fixtureEvents();
  for (const { file, examples } of PICTURES) {
    expect(existsSync(join(DOCS, `images/messages/${file}.png`))).toBe(true);
    for (const name of examples)
      expect({ name, known: events.has(name) }).toEqual({ name, known: true });
  }
});
