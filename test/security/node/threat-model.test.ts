import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { parse } from "yaml";

const ROOT = join(import.meta.dirname, "../../..");
const PAGE = read("docs/security.md");

/** `test/a.test.ts` "one name" "another": a file, and tests of it. */
const REFERENCE = /`(test\/[\w./-]+\.ts)`((?: "[^"\n]+")*)/g;

const references = Array.from(PAGE.matchAll(REFERENCE), ([, file = "", names = ""]) => ({
  file,
  names: Array.from(names.matchAll(/"([^"]+)"/g), ([, name = ""]) => name),
}));

describe("docs/security.md", () => {
  test.for(references)("names tests that exist: $file $names", ({ file, names }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    const source = read(file);
    // As a whole name: a part of one would survive what the name says.
    for (const name of names) expect(source).toContain(`"${name}"`);
  });

  it("names a test for each thing that somebody could try", () => {
    expect(references.length).toBeGreaterThan(40);
    const [, part = ""] = /## Who could try what\n([^]*?)\n### A dependency/.exec(PAGE) ?? [];
    const claims = part
      .split("\n### ")
      .slice(1)
      .flatMap((section) => {
        const rows = section.split("\n").filter((line) => /^\| (?!-|no\. )/.test(line));
        const numbers = rows.map((row) => /^\| +(\d+) \|/.exec(row)?.[1]);
        const tested = Array.from(
          section.matchAll(/^(\d+)\. `test\/[\w./-]+` "/gm),
          ([, no]) => no,
        );
        expect(tested).toEqual(numbers);
        return rows;
      });
    expect(claims.length).toBeGreaterThan(30);
  });

  it("names each test of test/security at least once", () => {
    const named = new Set(references.map(({ file }) => file));
    const files = globSync("test/security/**/*.test.ts", { cwd: ROOT });
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect([...named]).toContain(file);
  });

  it("explains the scopes that the Slack app asks for, and no other", () => {
    const manifest = parse(read("slack-app-manifest.yaml")) as {
      oauth_config: { scopes: { bot: string[] } };
    };
    const [, table = ""] = /### Slack\n([^]*?)\n### GitLab/.exec(PAGE) ?? [];
    const explained = Array.from(table.matchAll(/^\| `([\w.:]+)`/gm), ([, scope]) => scope);
    expect(explained).toEqual(expect.arrayContaining(manifest.oauth_config.scopes.bot));
    expect(explained).toHaveLength(manifest.oauth_config.scopes.bot.length);
  });

  it("says of each secret that the Worker reads what a leaked one can do", () => {
    const [, known = ""] = /const SECRETS = \[([^\]]*)\]/.exec(read("src/secrets.ts")) ?? [];
    const secrets = Array.from(known.matchAll(/"(\w+)"/g), ([, name]) => name);
    expect(secrets.length).toBeGreaterThan(5);
    const [, table = ""] = /## Secrets\n([^]*?)\n## Least privilege/.exec(PAGE) ?? [];
    for (const secret of secrets) expect(table).toMatch(new RegExp(`^\\| \`${secret}\``, "m"));
  });
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
