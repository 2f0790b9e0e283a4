import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CODES } from "../../../src/linting/finding.ts";
import { starterFiles } from "../../../src/cli/init/starter-files.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/linting.md"), "utf8");

it("docs/linting.md explains every kind of finding, in the order of the code", () => {
  const [, table = ""] = PAGE.split("## What each finding means");
  const explained = Array.from(table.matchAll(/^\| `([a-z-]+)` +\|/gm), ([, code]) => code);
  expect(explained).toEqual([...CODES]);
});

it("docs/linting.md shows the CI job that `causeway init` writes", () => {
  const [, job] = /```yaml\n(lint:[\s\S]*?)```/.exec(PAGE) ?? [];
  const beginning = { project: "my-group", channel: "C0123456789", isExample: true };
  const files = starterFiles("schemas", beginning);
  expect(files[".gitlab-ci.yml"]).toContain(job);
});
