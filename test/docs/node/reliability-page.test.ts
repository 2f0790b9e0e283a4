import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lastReport } from "../../campaign/report/keep.ts";
import { reliabilityPage } from "../../campaign/report/reliability-page.ts";
import { SCENARIOS } from "../../campaign/scenarios/all.ts";

const PAGE = join(import.meta.dirname, "../../../docs/reliability.md");

/** Without what the formatter changes: the widths of tables. */
function content(page: string): string {
  return page
    .replace(/[ \t]+/g, " ")
    .replace(/-{2,}/g, "--")
    .trim();
}

it("docs/reliability.md is what the last full campaign came to", () => {
  expect(content(readFileSync(PAGE, "utf8"))).toBe(
    content(reliabilityPage(lastReport(), SCENARIOS)),
  );
});

it("the last full campaign ran every scenario, and all of them held", () => {
  const { results } = lastReport();
  const wanted = SCENARIOS.filter(({ only }) => only !== "short").map(({ name }) => name);
  expect(results.map(({ name }) => name)).toEqual(wanted);
  expect(results.flatMap((each) => (each.outcome === "ran" ? each.findings : [each.why]))).toEqual(
    [],
  );
});
