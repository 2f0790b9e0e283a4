import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Json } from "../../src/json.ts";
import { shownText } from "../../src/publishing/shown-text.ts";
import { yamlText } from "../../src/publishing/yaml-text.ts";

describe("a document as YAML", () => {
  it("reads as people write it", () => {
    const rule = {
      name: "New issues",
      on: ["issue.open", "issue.reopen"],
      when: { labels: { none: ["Duplicate"] }, if: 'event.issue.state == "opened"' },
      message: "*{{ event.title }}*\nby {{ event.actor.name }}",
      enabled: false,
      to: "no",
    };
    expect(yamlText({ inherit: false, rules: [rule], extra: {}, none: [] })).toBe(`inherit: false
rules:
  - name: New issues
    on:
      - issue.open
      - issue.reopen
    when:
      labels:
        none:
          - Duplicate
      if: event.issue.state == "opened"
    message: |-
      *{{ event.title }}*
      by {{ event.actor.name }}
    enabled: false
    to: no
extra: {}
none: []
`);
  });

  it("says the same as the JSON, whatever is in it", { timeout: 60_000 }, () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.stringMatching(/^[ \n\-:#a"'.0-9e\t|>?]{0,12}$/),
    );
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { depthSize: "small" },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("json"), { maxLength: 4 }),
        fc.dictionary(
          text.filter((key) => key !== "__proto__"),
          tie("json"),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        expect(parse(yamlText(plain))).toEqual(plain);
      }),
      { numRuns: 2_000 },
    );
  });

  it("shows no character that nobody sees, and no address", () => {
    const shown = shownText(
      JSON.stringify({ a: "\u202egnp", url: "https://hooks.slack.com/triggers/T0/1/secret" }),
    );
    expect(shown).toContain('"\\u202egnp"');
    expect(shown).not.toContain("secret");
    expect(shownText("{ no: json")).toBe("{ no: json\n");
    expect(shownText(null)).toBe("");
  });

  it("is cut where it is absurdly deep", () => {
    expect(shownText("[".repeat(50_000) + "]".repeat(50_000))).toContain("…");
  });
});
