import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../../src/json.ts";
import { boundScope } from "../../../src/mappings/scope.ts";
import type { Flavour } from "../../../src/messages/templates/rendering.ts";
import { compileTemplate } from "../../../src/messages/templates/template.ts";

const AIKO = { username: "Aiko", name: "Aiko Tanaka" };
const BEN = { username: "ben", name: "<Ben>" };
const EVENT = {
  title: "a|b <c>",
  url: "https://gitlab.example.com/a/-/issues/1",
  project: { path: "a", name: "A", url: "https://gitlab.example.com/a" },
  actor: AIKO,
  assignees: [AIKO, BEN, { username: "cleo", name: null }],
};
const PEOPLE = new Map([
  ["aiko", "U0AIKO123"],
  ["cleo", "W0CLEO123"],
  ["here", "U0HERE123"],
  ["broken", "<!channel>"],
]);

function render(source: string, payload: object = {}, flavour: Flavour = "mrkdwn"): string {
  const template = compileTemplate(source, flavour);
  if (typeof template !== "function") throw new Error(template.problem);
  const rendered = template({
    ...boundScope({ event: EVENT, payload: payload as JsonObject }),
    people: PEOPLE,
  });
  return "text" in rendered ? rendered.text : `error: ${rendered.error}`;
}

describe("link", () => {
  const LINK = "<https://gitlab.example.com/a/-/issues/1|a¦b &lt;c&gt;>";
  test.for<[source: string, mrkdwn: string, plain: string]>([
    ["{{ event.title | link: event.url }}", LINK, `a|b <c> ${EVENT.url}`],
    ["{{ event.title | link: event.nope }}", "a|b &lt;c&gt;", "a|b <c>"],
    ["{{ event.title | link: 'javascript:alert(1)' }}", "a|b &lt;c&gt;", "a|b <c>"],
    ["{{ event.title | link: '' }}", "a|b &lt;c&gt;", "a|b <c>"],
    ["{{ event.title | link }}", "a|b &lt;c&gt;", "a|b <c>"],
    ["{{ event.url | link }}", `<${EVENT.url}|${EVENT.url}>`, EVENT.url],
    ["{{ event.nope | link: event.url }}", `<${EVENT.url}|${EVENT.url}>`, EVENT.url],
    ["{{ event.nope | link }}", "", ""],
    [
      "{{ event.actor | link: event.url }}",
      `<${EVENT.url}|Aiko Tanaka>`,
      `Aiko Tanaka ${EVENT.url}`,
    ],
    [
      "{{ 'x' | link: 'https://x.test/a|b>c<d&e' }}",
      "<https://x.test/a%7Cb%3Ec%3Cd&amp;e|x>",
      "x https://x.test/a|b>c<d&e",
    ],
    ["<{{ '!channel' | link }}>", "<\u200b!channel>", "<!channel>"],
    ["<{{ '!channel' | link: 'ftp://x.test' }}>", "<\u200b!channel>", "<!channel>"],
    [
      `<{{ '!channel' | link: 'https://x.test/${"a".repeat(3_000)}' | truncate: 8 }}>`,
      "<\u200b!channel>",
      "<!channel>",
    ],
    ["{{ event.title | link: event.url | upcase }}", "A|B &lt;C&gt;", "A|B <C>"],
    [
      "{{ event.title | link: event.url | append: '|<!here>' }}",
      "a|b &lt;c&gt;|&lt;!here&gt;",
      "a|b <c>|<!here>",
    ],
  ])("%s", ([source, mrkdwn, plain]) => {
    expect(render(source)).toBe(mrkdwn);
    expect(render(source, {}, "plain")).toBe(plain);
  });
});

describe("mention", () => {
  test.for<[source: string, mrkdwn: string, plain: string]>([
    ["{{ event.actor | mention }}", "<@U0AIKO123>", "U0AIKO123"],
    ["{{ event.actor.username | mention }}", "<@U0AIKO123>", "U0AIKO123"],
    [
      "{{ event.assignees | mention }}",
      "<@U0AIKO123>, &lt;Ben&gt;, <@W0CLEO123>",
      "U0AIKO123, <Ben>, W0CLEO123",
    ],
    ["{{ payload.ben | mention }}", "&lt;Ben&gt;", "<Ben>"],
    ["{{ 'Ben' | mention }}", "Ben", "Ben"],
    ["{{ 'U0123456789' | mention }}", "<@U0123456789>", "U0123456789"],
    ["{{ 'W0123456789' | mention }}", "<@W0123456789>", "W0123456789"],
    ["{{ 'S0123ABC' | mention }}", "<!subteam^S0123ABC>", "S0123ABC"],
    ["{{ 'C0123ABC' | mention }}", "<#C0123ABC>", "C0123ABC"],
    ["{{ 'u0123456789' | mention }}", "u0123456789", "u0123456789"],
    ["{{ 'U01 x' | mention }}", "U01 x", "U01 x"],
    ["{{ 'U0123456789|x' | mention }}", "U0123456789|x", "U0123456789|x"],
    ["{{ 'broken' | mention }}", "broken", "broken"],
    ["{{ '!channel' | mention }}", "\u200b!channel", "!channel"],
    ["{{ payload.slack | mention }}", "S0123ABC", "S0123ABC"],
    ["{{ event.nope | mention }}{{ payload.none | mention }}{{ payload | mention }}", "", ""],
    [
      "{{ event.actor | mention | append: ' <!here>' }}",
      "Aiko Tanaka &lt;!here&gt;",
      "Aiko Tanaka <!here>",
    ],
    [
      "{% assign m = event.actor | mention %}{{ m | mention }}{{ m }}",
      "Aiko Tanaka<@U0AIKO123>",
      "Aiko TanakaU0AIKO123",
    ],
    ["{{ event.actor | mention | default: 'nobody' }}", "<@U0AIKO123>", "U0AIKO123"],
    [
      "{% if event.actor | mention %}{% endif %}{{ event.labels | mention | default: 'nobody' }}",
      "nobody",
      "nobody",
    ],
  ])("%s", ([source, mrkdwn, plain]) => {
    const payload = {
      ben: BEN,
      none: [],
      here: { username: "here", name: "Here" },
      // A stranger can call an account like a Slack id.
      slack: { username: "S0123ABC", name: "S0123ABC" },
    };
    expect(render(source, payload)).toBe(mrkdwn);
    expect(render(source, payload, "plain")).toBe(plain);
  });

  it("never notifies everybody, whatever is asked of it", () => {
    const words = fc.constantFrom(
      "here",
      "channel",
      "everyone",
      "!",
      "<",
      ">",
      "@",
      "^",
      "|",
      "S0",
      " ",
    );
    fc.assert(
      fc.property(fc.string({ unit: words, maxLength: 8 }), (text) => {
        const written = render("{{ payload.text | mention }}", { text });
        expect(written).not.toMatch(/<(?!@[UW][A-Z0-9]+>|#C[A-Z0-9]+>|!subteam\^S[A-Z0-9]+>)/);
      }),
    );
  });
});

describe("slack_escape", () => {
  it("does in a message what happens anyway, once", () => {
    expect(render("{{ 'a & <b> *c*' | slack_escape }}")).toBe(render("{{ 'a & <b> *c*' }}"));
    expect(render("<{{ '!here' | slack_escape }}>")).toBe("<\u200b!here>");
  });

  it("makes entities for a workflow that formats", () => {
    expect(
      render("{{ payload.text | slack_escape }}", { text: "a & <!here>\u202e" }, "plain"),
    ).toBe("a &amp; &lt;!here&gt;");
    expect(render("{{ '&' | slack_escape | append: '<' }}", {}, "plain")).toBe("&<");
  });
});

describe("markdown", () => {
  const text = "**Bold** and [a link](https://x.test/a) <!channel>\n\n- one\n- #1\n";

  it("becomes Slack's own formatting, and plain text for a workflow", () => {
    expect(render("{{ payload.text | markdown }}", { text })).toBe(
      "*Bold* and <https://x.test/a|a link> &lt;!channel&gt;\n\n• one\n• #1",
    );
    expect(render("{{ payload.text | markdown }}", { text }, "plain")).toBe(
      "Bold and a link (https://x.test/a) <!channel>\n\n• one\n• #1",
    );
    expect(render("{{ payload.nope | markdown }}")).toBe("");
  });

  it("has at most as many characters as are asked for", () => {
    const long = { text: "word ".repeat(2_000) };
    const lengthOf = (source: string): number => render(source, long).length;
    expect(render("{{ payload.text | markdown: 12 }}", { text: "some words and more" })).toMatch(
      /^some words.*…$/,
    );
    expect(lengthOf("{{ payload.text | markdown: 300 }}")).toBeLessThanOrEqual(301);
    expect(lengthOf("{{ payload.text | markdown }}")).toBeGreaterThan(490);
    expect(lengthOf("{{ payload.text | markdown }}")).toBeLessThanOrEqual(501);
    expect(lengthOf("{{ payload.text | markdown: 'x' }}")).toBeLessThanOrEqual(501);
    expect(lengthOf("{{ payload.text | markdown: 99999 }}")).toBeGreaterThan(2_400);
    expect(lengthOf("{{ payload.text | markdown: 99999 }}")).toBeLessThanOrEqual(2_501);
  });

  it("knows the project that a short address belongs to", () => {
    expect(render("{{ payload.text | markdown }}", { text: "[x](/uploads/1/a.png)" })).toBe(
      "<https://gitlab.example.com/a/uploads/1/a.png|x>",
    );
  });

  it("is foreign text again behind another filter, and cannot become a mention", () => {
    expect(render("{{ '**Bold** & more' | markdown | upcase }}")).toBe("BOLD &amp; MORE");
    expect(render("<{{ '!channel' | markdown }}>")).toBe("<\u200b!channel>");
  });
});

describe("truncate_words", () => {
  test.for<[source: string, text: string]>([
    ["{{ payload.text | truncate_words: 2 }}", "one two…"],
    ["{{ payload.text | truncate_words: 2, ' (more)' }}", "one two (more)"],
    ["{{ payload.text | truncate_words: 2, '' }}", "one two"],
    ["{{ payload.text | truncate_words: 4 }}", "one two\nthree four "],
    ["{{ payload.text | truncate_words }}", "one two\nthree four "],
    ["{{ payload.long | truncate_words }}", `${"a ".repeat(14)}a…`],
    ["{{ payload.long | truncate_words: 'x' }}", `${"a ".repeat(14)}a…`],
    ["{{ payload.long | truncate_words: 0 | size }}", "30"],
    ["{{ payload.nope | truncate_words: 2 }}", ""],
    ["{{ payload.text | truncatewords: 2 }}", "one two..."],
  ])("%s", ([source, text]) => {
    expect(render(source, { text: "one two\nthree four ", long: "a ".repeat(20) })).toBe(text);
  });
});

describe("duration", () => {
  test.for<[seconds: unknown, text: string]>([
    [421, "7 min 1 s"],
    ["42", "42 s"],
    [0, "0 s"],
    [-5, "0 s"],
    [97_200.4, "1 d 3 h"],
    ["soon", ""],
    ["", ""],
    [null, ""],
    [true, ""],
    [[1], ""],
    [{ valueOf: 1 }, ""],
  ])("of %j is %j", ([seconds, text]) => {
    expect(render("{{ payload.seconds | duration }}", { seconds })).toBe(text);
  });
});

describe("date", () => {
  // The six ways in which GitLab writes dates, and what is none.
  test.for<[at: unknown, text: string]>([
    ["2013-12-03 17:23:34 UTC", "2013-12-03 17:23"],
    ["2026-01-31 19:03:34 +0100", "2026-01-31 18:03"],
    ["2013-12-03T17:23:34Z", "2013-12-03 17:23"],
    ["2026-05-28T05:52:18.310Z", "2026-05-28 05:52"],
    ["2020-02-29T09:00:00+01:00", "2020-02-29 08:00"],
    ["2021-04-28 21:50:00 +0200", "2021-04-28 19:50"],
    ["2024-01-26", "2024-01-26 00:00"],
    [1_700_000_000, "2023-11-14 22:13"],
    ["2015-04-08T21: 00:25-07:00", ""],
    ["2024-13-45", ""],
    ["issue 12", ""],
    ["now", ""],
    [null, ""],
    [{}, ""],
  ])("of %j is %j", ([at, text]) => {
    expect(render("{{ payload.at | date }}", { at })).toBe(text);
  });

  test.for<[at: string, zone: string, text: string]>([
    ["2026-01-15T23:30:00Z", "Europe/Berlin", "16 Jan 00:30"],
    ["2026-07-15T23:30:00Z", "Europe/Berlin", "16 Jul 01:30"],
    ["2026-03-29T00:59:59Z", "Europe/Berlin", "29 Mar 01:59"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "29 Mar 03:00"],
    ["2026-07-01T03:00:00Z", "America/Los_Angeles", "30 Jun 20:00"],
    ["2026-07-01T18:31:00Z", "Asia/Kolkata", "02 Jul 00:01"],
    // A day without a time is the same day everywhere.
    ["2026-07-01", "America/Los_Angeles", "01 Jul 00:00"],
  ])("%s in %s is %s", ([at, zone, text]) => {
    expect(render(`{{ payload.at | date: "%d %b %H:%M", "${zone}" }}`, { at })).toBe(text);
  });

  test.for<[source: string, error: RegExp]>([
    ["{{ '2026-03-03' | date: '%100000000d' }}", /^error: the format of a date is too long/],
    ["{{ '2026-03-03' | date: payload.long }}", /^error: the format of a date is too long/],
    ["{{ '2026-03-03T00:00:00Z' | date: '%H', 'Berlin' }}", /^error: .*time zone.*Berlin.*line 1/],
  ])("%s says why not", ([source, error]) => {
    expect(render(source, { long: "%c".repeat(100) })).toMatch(error);
  });
});

describe("default", () => {
  test.for<[value: unknown, text: string]>([
    [null, "none"],
    ["", "none"],
    [false, "none"],
    [[], "none"],
    [undefined, "none"],
    [" ", " "],
    [0, "0"],
    [true, "true"],
    ["x", "x"],
    [["x"], "x"],
  ])("of %j is %j", ([value, text]) => {
    expect(render("{{ payload.value | default: 'none' }}", { value })).toBe(text);
  });

  it("can leave false alone", () => {
    expect(render("{{ false | default: 'none', allow_false: true }}")).toBe("false");
    expect(render("{{ nil | default: 'none', allow_false: true }}")).toBe("none");
    expect(render("{{ empty | default: 'none' }}{{ event.nope | link | default: '!' }}")).toBe(
      "none\u200b!",
    );
  });
});
