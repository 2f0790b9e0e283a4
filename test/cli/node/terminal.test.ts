import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { asJson } from "../../../src/cli/terminal/as-json.ts";
import { marked, resolved } from "../../../src/cli/terminal/marked-styles.ts";
import { causeway } from "./causeway.ts";
import { configuration } from "./configuration.ts";

/** Colours, a title, a link, a cleared screen, and text that is turned around. */
const STEERING =
  "\u001b[31mred \u001b]0;title\u0007 \u001b]8;;https://evil.example\u001b\\link \u009b2J \u202edrawkcab \u2066in \u0085 \r done";
const STEERS = /(?![\n\t])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

describe("what is written", () => {
  it("has the styles of ours, also within each other, and none of others", () => {
    const said = `${marked("bold", `a ${marked("red", `b${STEERING}`)} c`)}${STEERING}`;
    expect(resolved(said, false)).not.toMatch(STEERS);
    const coloured = resolved(said, true);
    expect(coloured.startsWith("\u001b[1ma \u001b[31mb[31mred ")).toBe(true);
    const parts = coloured.split("\u001b");
    expect(parts.map((part) => /^\[\d+m/.exec(part)?.[0])).toEqual([
      undefined,
      "[1m",
      "[31m",
      "[39m",
      "[22m",
    ]);
    expect(parts.join("")).not.toMatch(STEERS);
  });

  it("keeps lines, tabs, accents and emoji", () => {
    const said = "a\tb\nżółw 🐢 👩‍🚀 שלום";
    expect(resolved(said, false)).toBe(said);
  });

  it("has no width where it is styled", () => {
    expect(stripVTControlCharacters(marked("dim", "four"))).toBe("four");
  });

  it("is the same to programs when it is JSON, and steers nothing", () => {
    const value = { title: STEERING };
    expect(asJson(value)).not.toMatch(STEERS);
    expect(JSON.parse(asJson(value))).toEqual(value);
  });
});

describe("causeway, as a process, with a payload that steers terminals", () => {
  const dir = mkdtempSync(join(tmpdir(), "causeway-steering-"));
  const body = join(dir, "body.json");
  writeFileSync(
    body,
    JSON.stringify({
      object_kind: "issue",
      event_type: "issue",
      user: { name: STEERING, username: STEERING },
      project: { path_with_namespace: "acme/support" },
      object_attributes: {
        action: "open",
        title: STEERING,
        description: STEERING,
        url: `https://gitlab.example.com/${STEERING}`,
      },
      labels: [{ title: STEERING }],
    }),
  );

  const folder = configuration({
    "destination/support": { type: "channel", channel: "C0000000001" },
    "mapping/gitlab/acme": {
      rules: [{ name: "Opened", on: "issue.open", to: "support", message: "{{ event.title }}" }],
    },
  });

  it.for([[], ["--blocks"], ["--json"]])(
    "simulate %j writes nothing that does",
    async (options) => {
      const { code, stdout, stderr } = await causeway(["simulate", body, folder, ...options]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("drawkcab");
      expect(stdout).not.toMatch(STEERS);
    },
  );
});
