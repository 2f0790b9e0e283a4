import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../../..");
/** `[text](target)`, `src="target"` and `href="target"`, but for what is elsewhere. */
const LINK = /(?:\]\(|(?:src|href)=")(?!https?:|mailto:)([^)"\s]+)/g;

const documents = readdirSync(join(PROJECT, "docs")).filter((name) => name.endsWith(".md"));
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "bench/README.md",
  ...documents.map((name) => `docs/${name}`),
];

it.for(pages)("%s links to what is there", (page) => {
  const broken = linksOf(page).filter((link) => !leadsSomewhere(page, link));
  expect(broken).toEqual([]);
});

it("looks at links, pictures and headings", () => {
  const all = pages.flatMap(linksOf);
  expect(all.filter((link) => link.endsWith(".png")).length).toBeGreaterThan(20);
  expect(all.filter((link) => link.includes("#")).length).toBeGreaterThan(20);
  expect(leadsSomewhere("README.md", "docs/no-such-page.md")).toBe(false);
  expect(leadsSomewhere("README.md", "docs/operating.md#no-such-heading")).toBe(false);
});

function linksOf(page: string): string[] {
  const text = readFileSync(join(PROJECT, page), "utf8").replaceAll(/```.*?```|`[^`\n]*`/gs, "");
  return Array.from(text.matchAll(LINK), ([, link = ""]) => link);
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const file = path === "" ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(PROJECT, file))) return false;
  return heading === undefined || !file.endsWith(".md") || anchorsOf(file).has(heading);
}

/** The anchors that GitLab and GitHub make of a page's headings, and those that it has besides. */
function anchorsOf(file: string): Set<string> {
  const text = readFileSync(join(PROJECT, file), "utf8");
  const headings = Array.from(text.matchAll(/^#+ +(.*)$/gm), ([, heading = ""]) => heading);
  const set = Array.from(text.matchAll(/ id="([^"]+)"/g), ([, id = ""]) => id);
  return new Set([
    ...set,
    ...headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  ]);
}
