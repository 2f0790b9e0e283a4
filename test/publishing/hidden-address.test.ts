import { describe, expect, it, test } from "vitest";
import {
  hideAddresses,
  withAddresses,
  withoutAddresses,
} from "../../src/publishing/hidden-address.ts";

const PATH = "triggers/T0CAUSEWAY/4100000000001/deadbeefdeadbeef";
const ADDRESS = `https://hooks.slack.com/${PATH}`;
const OTHER = `https://hooks.slack.com/${PATH}2`;

describe("a document with addresses", () => {
  test.for([
    ["as it should be", { type: "workflow", url: ADDRESS }],
    ["with a space before it", { type: "workflow", url: ` ${ADDRESS} ` }],
    ["without its scheme", { type: "workflow", url: ADDRESS.slice("https://".length) }],
    ["with a name and a password", { url: `https://name:word@hooks.slack.com/${PATH}` }],
    ["of another origin", { url: 'https://proxy.example/a/deadbeef?b="c\\d' }],
    ["of another origin, elsewhere", { to: `http://localhost:8088/${PATH}` }],
    ["of Slack for governments", { to: "https://hooks.slack-gov.com/x/deadbeef" }],
    ["with large letters", { to: "HTTPS://Hooks.Slack.com/triggers/T0/1/deadbeef" }],
    ["in a list", [ADDRESS, OTHER]],
    ["under another key", { url: "secret:NAME", address: ADDRESS }],
    ["as a key", { [ADDRESS]: 1 }],
    ["in a message", { rules: [{ message: `see <${ADDRESS}|this>, or "${OTHER}"\nBye` }] }],
    ["within another address", { to: `https://a.example/?to=${encodeURIComponent(ADDRESS)}&b=1` }],
    ["as a text alone", ADDRESS],
  ] as const)("shows none of them, and gets them back: %s", ([, document]) => {
    const text = JSON.stringify(document);
    const shown = hideAddresses(text);
    expect(shown).not.toMatch(/deadbeef|:word@/);
    expect(shown).toMatch(/\/…••••[0-9a-f]{6}/);
    expect(hideAddresses(shown)).toBe(shown);
    expect(withAddresses(shown, ["{}", text])).toBe(text);
    expect(withAddresses(shown, ["{}"])).toBeNull();
  });

  test.for([
    `{"type":"workflow","url":"${ADDRESS}",}`,
    `{"url":"${ADDRESS.replaceAll("/", "\\/")}",}`,
    `{"url":"${ADDRESS.replaceAll("/", "\\u002f")}",}`,
    `type: workflow\nurl: ${ADDRESS}\n`,
    "url: https://proxy.example/a/deadbeef",
    `{"url":"https://proxy.example/a/deadbeef"`,
    `${"[".repeat(50_000)}"${ADDRESS}"`,
  ])("shows none where it is not JSON: %#", (text) => {
    expect(hideAddresses(text)).not.toContain("deadbeef");
    const fixed = JSON.stringify({ url: /https?:[^\s",\\]+/.exec(hideAddresses(text))?.[0] });
    expect(withAddresses(fixed, [text])).toContain("deadbeef");
  });

  it("tells two of them apart", () => {
    const [one, two] = [JSON.stringify({ url: ADDRESS }), JSON.stringify({ url: OTHER })] as const;
    const shown = hideAddresses(one);
    expect(JSON.parse(shown).url).toMatch(
      /^https:\/\/hooks\.slack\.com\/triggers\/T…\/…••••[0-9a-f]{6}$/,
    );
    expect(shown).not.toBe(hideAddresses(two));
    expect(withAddresses(shown, [two])).toBeNull();
    expect(withAddresses(shown, [two, one])).toBe(one);
    // Somebody wrote on at its end, or wrote what they had seen somewhere.
    expect(withAddresses(shown.replace('"}', 'a"}'), [one])).toBeNull();
    expect(withAddresses(shown.replace(/\w{6}"/, '"'), [one])).toBeNull();
  });

  it("leaves what its reader wrote", () => {
    const both = JSON.stringify({ url: ADDRESS, to: OTHER });
    const shown = JSON.parse(hideAddresses(both, JSON.stringify({ url: ADDRESS })));
    expect(shown.url).toBe(ADDRESS);
    expect(shown.to).toContain("•");
  });

  test.for([
    "no address",
    '{ "url": "secret:NAME" }',
    '{ "message": "https://gitlab.example/services/templates/x and https://slack.com/help" }',
    "hooks.slack.com/triggers/T…/…",
    "https://hooks.slack.com/services/…",
  ])("leaves everything else as it is: %s", (text) => {
    expect(hideAddresses(text)).toBe(text);
    expect(withAddresses(text, [])).toBe(text);
  });

  it("takes no longer for what is long", { timeout: 5_000 }, () => {
    const starts = ["a", "https://", "a.", "hooks.slack", "@", " ", "url:", "https://a", "%2F"];
    for (const start of starts) {
      const text = start.repeat(1_000_000 / start.length);
      expect(hideAddresses(text)).toBe(text);
    }
  });
});

it("is hidden in a page, of which nothing else changes", () => {
  const page = `<a title="{&quot;a&quot;:&quot;${ADDRESS}&quot;,\\u003c}">`;
  expect(withoutAddresses(page)).toMatch(/••••[0-9a-f]{6}&quot;,\\u003c\}">$/);
  expect(withoutAddresses(page)).not.toContain("deadbeef");
});
