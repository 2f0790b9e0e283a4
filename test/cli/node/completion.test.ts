import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, test } from "vitest";
import { causeway } from "./causeway.ts";

/** A folder to stand in: a configuration, and an export beside it. */
const cwd = mkdtempSync(join(tmpdir(), "completion-"));
mkdirSync(join(cwd, "destination"));
mkdirSync(join(cwd, "old bridge"));
mkdirSync(join(cwd, "mapping/gitlab"), { recursive: true });
writeFileSync(join(cwd, "destination/support.yaml"), "type: channel\nchannel: C0123456789\n");
writeFileSync(join(cwd, "zaps.json"), "{}");

/** What the shell is offered behind these words: values, and what each is. */
async function offered(...words: string[]): Promise<Record<string, string>> {
  const { stdout } = await causeway(["complete", "--", ...words], { cwd });
  const lines = stdout.trimEnd().split("\n");
  // The last line is for the script: what it should do besides.
  expect(lines.pop()).toBe(":4");
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const [value = "", description = ""] = line.split("\t");
      return [value, description];
    }),
  );
}

it("offers the verbs, each with its summary in one line", async () => {
  const verbs = await offered("");
  expect(Object.keys(verbs)).toEqual(
    expect.arrayContaining(["lint", "push", "simulate", "hooks", "import", "complete", "help"]),
  );
  for (const [verb, summary] of Object.entries(verbs)) {
    expect(verb).toMatch(/^[a-z]+$/);
    expect(summary.length).toBeGreaterThan(5);
  }
});

test.for<[words: string[], values: string[]]>([
  [["pu"], ["pull", "push"]],
  [
    ["import", ""],
    ["zapier", "slackworkflow", "help"],
  ],
  [["import", "z"], ["zapier"]],
  [
    ["import", "zapier", "--s"],
    ["--shadow", "--skip-existing"],
  ],
  [
    ["lint", "--format", "git"],
    ["github", "gitlab"],
  ],
  [
    ["lint", ""],
    ["destination/", "mapping/"],
  ],
  [["lint", "mapping/"], ["mapping/gitlab/"]],
  [["import", "zapier", "za"], ["zaps.json"]],
  [["pause", ""], ["support"]],
  [["deliveries", "--destination", "s"], ["support"]],
  [["send", "issue.open-l"], ["issue.open-licensing"]],
  [
    ["events", "--type", "pipeline.f"],
    ["pipeline.failed", "pipeline.fixed"],
  ],
  [["nothing-of-the-kind", "x"], []],
])("causeway %j is completed with %j", async ([words, values]) => {
  expect(Object.keys(await offered(...words)).toSorted()).toEqual(values.toSorted());
});

it("works in bash", async () => {
  const main = join(import.meta.dirname, "../../../src/cli/main.ts");
  // As a shell does at a tab. The first function is of the package bash-completion, which machines that
  // test do not have; the last words of what it gives are what the script asks for.
  const script = `
    causeway() { "${process.execPath}" "${main}" "$@"; }
    _get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur="\${words[cword]}"; prev="\${words[cword-1]}"; }
    compopt() { :; }
    source <(causeway complete bash)
    complete -p causeway
    for line in "causeway pu" "causeway hooks cr" "causeway import zapier --dry"; do
      COMP_WORDS=($line); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      __causeway_complete
      echo "$line: \${COMPREPLY[*]}"
    done`;
  const { stdout } = await promisify(execFile)("bash", ["-c", script], { cwd });
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.replace("\t", " ")),
  ).toEqual([
    "complete -F __causeway_complete causeway",
    "causeway pu: push pull",
    "causeway hooks cr: create",
    "causeway import zapier --dry: --dry-run",
  ]);
});

test.for(["bash", "zsh", "fish"])("prints a script for %s", async (shell) => {
  const { code, stdout } = await causeway(["complete", shell]);
  expect(code).toBe(0);
  expect(stdout).toContain(`# ${shell} completion for causeway`);
  expect(stdout).toMatch(/causeway complete --/);
});

it("says how to switch it on, and which shells there are", async () => {
  const { stdout } = await causeway(["complete", "--help"]);
  expect(stdout).toContain("source <(causeway complete bash)");
  const { code, stderr } = await causeway(["complete", "tcsh"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/Allowed choices are zsh, bash, fish/);
});
