import { expect, it } from "vitest";
import { codeQuality } from "../../../src/cli/linting/code-quality.ts";
import { findingsAsText } from "../../../src/cli/linting/findings-as-text.ts";
import { githubCommands } from "../../../src/cli/linting/github-commands.ts";
import type { LocatedFinding } from "../../../src/cli/linting/lint-folder.ts";

const ERROR: LocatedFinding = {
  key: "mapping/gitlab/acme",
  path: "rules[1].on",
  severity: "error",
  code: "unknown-type",
  message: "no such type.",
  file: "config/mapping/gitlab/acme.yaml",
  line: 7,
  column: 5,
};
const WARNING: LocatedFinding = {
  ...ERROR,
  path: "",
  severity: "warning",
  code: "idle-mapping",
  message: "it has\nno rules.",
  line: 1,
  column: 1,
};
const style = (_style: unknown, text: string) => text;
const asText = (findings: LocatedFinding[], errors: number, warnings: number) =>
  findingsAsText({ documents: 2, errors, warnings, findings }, { style });

it("for people lists errors, then warnings, a line each", () => {
  expect(asText([WARNING, ERROR], 1, 1)).toBe(
    `Errors
  config/mapping/gitlab/acme.yaml:7:5 rules[1].on: no such type. [unknown-type]

Warnings
  config/mapping/gitlab/acme.yaml:1:1 it has no rules. [idle-mapping]

1 error and 1 warning in 2 documents.`,
  );
});

it("for people counts what is left out", () => {
  expect(asText([], 0, 2)).toBe("no errors and 2 warnings in 2 documents.");
  expect(asText([], 0, 0)).toBe("Nothing to put right in 2 documents.");
});

it("for GitHub is workflow commands, escaped", () => {
  const file = "destination/50%, a:b.yaml";
  expect(githubCommands([{ ...ERROR, file, message: "100%\nwrong: a, b" }, WARNING])).toBe(
    [
      "::error file=destination/50%25%2C a%3Ab.yaml,line=7,col=5,title=unknown-type::rules[1].on: 100%25%0Awrong: a, b",
      "::warning file=config/mapping/gitlab/acme.yaml,line=1,col=1,title=idle-mapping::it has%0Ano rules.",
    ].join("\n"),
  );
});

it("for GitLab is a Code Quality report, whose fingerprints lines do not change", () => {
  const report = codeQuality([ERROR, ERROR, WARNING]);
  expect(report[0]).toEqual({
    description: "rules[1].on: no such type.",
    check_name: "unknown-type",
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    severity: "major",
    location: { path: "config/mapping/gitlab/acme.yaml", lines: { begin: 7 } },
  });
  expect(report[2]).toMatchObject({ description: "it has\nno rules.", severity: "minor" });
  const prints = report.map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(3);
  const moved = codeQuality([ERROR, ERROR, WARNING].map((each) => ({ ...each, line: 90 })));
  expect(moved.map(({ fingerprint }) => fingerprint)).toEqual(prints);
});
