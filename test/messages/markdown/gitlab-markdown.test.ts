import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  markdownToMrkdwn,
  markdownToPlain,
} from "../../../src/messages/markdown/gitlab-markdown.ts";
import { plainText } from "../../../src/slack/plain-text.ts";

const projectUrl = "https://gitlab.example.com/group/app";

function mrkdwn(source: string): string {
  return markdownToMrkdwn(source, { max: 2_000, projectUrl }).text;
}

/** Everything that a text can hold, with signs that are seen to be cut. */
const RICH = `# Heading with *emphasis*

First **bold _both_** ~~struck~~ \`code\`, [label](https://x.test/a?b=1&c=2) and https://x.test/bare.
Second line: a*b*c & <!channel> &lt;@U1&gt; 👍🏽 ünï my_name @ann ~label

> quoted **text
> over lines**
>
> - item

1. one \`two\`
   - [x] three [four](/x)
   \`\`\`sh
   echo <a> \`date\`

   echo 👍
   \`\`\`
2. ![image](/uploads/a.png){width=1} end

| a | b |
|---|---|
| 1 | **2** |
`;

/** Marks that are text: apart from their neighbours, or within a word. */
const MERE_TEXT = /[\u2217\u223c\u02cb\u02cd]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/gu;

/** What is seen of mrkdwn, roughly: marks that are text are an `m`. */
function seen(text: string): string {
  return text
    .replace(/<[^|>]+\|([^>]+)>/g, "$1")
    .replaceAll(":frame_with_picture: ", "")
    .replace(/```\n|\n```(?:\n(?=…))?/g, "")
    .replace(MERE_TEXT, "m")
    .replace(/[*~`_\u200b]/g, "")
    .replace(/&(?:amp|lt|gt);/g, "x");
}

/** Marks that do not come in pairs, each pair within a line and within or without another. */
function unpaired(text: string): string {
  const lines = text.replace(/^```\n[\s\S]*?\n```$/gm, "").split("\n");
  return lines
    .map((line) => {
      let marks = line
        .replace(/<http[^>]*>|:frame_with_picture:/g, " ")
        .replace(MERE_TEXT, "")
        .replace(/`[^`]+`/g, "")
        .replace(/[^*_~`]/g, "");
      while (/([*_~])\1/.test(marks)) marks = marks.replace(/([*_~])\1/, "");
      return marks;
    })
    .join("");
}

describe("GitLab Markdown as mrkdwn", () => {
  test.for<[source: string, text: string]>([
    ["", ""],
    ["   \n\n ", ""],
    ["one\ntwo\n\n\n\nthree  \nfour", "one\ntwo\n\nthree\nfour"],
    ["\n\none\r\ntwo\r\n\r\nthree\r", "one\ntwo\n\nthree"],
    // Headings
    ["# One\n\ntext", "*One*\ntext"],
    ["text\n## One **two** `three`\n### Four\ntext", "text\n\n*One two `three`*\n*Four*\ntext"],
    ["One\n===\ntext", "*One*\ntext"],
    // Emphasis
    ["**b** __b__, *i* and _i_, ~~s~~, `c`", "*b b*, _i_ and _i_, ~s~, `c`"],
    ["***both*** _i **both** i_", "*_both_* _i_ *_both_* _i_"],
    ["a**b**c, `c`s, ü~~s~~.", "a\u200b*b*\u200bc, `c`\u200bs, ü\u200b~s~."],
    ["(**b**) \"_i_\": '`c`'", "(*b*) \"_i_\": '`c`'"],
    ["日本**語**です", "日本\u200b*語*\u200bです"],
    ["**a**_b_", "*a*\u200b_b_"],
    ["**one\ntwo**", "*one*\n*two*"],
    ["**one <br> two**", "*one*\n*two*"],
    ["my_branch_name 2*3*4 \\*no\\*", "my_branch_name 2\u200b_3_\u200b4 \u2217no\u2217"],
    ["**a \\* b** **`**", "*a \u2217 b \u02cb*"],
    ["**never closed", "\u2217\u2217never closed"],
    // Code
    ["`<a> & b`", "`&lt;a&gt; &amp; b`"],
    ["`` a`b ``", "`a'b`"],
    ["`@user ~label *x*`", "`@user ~label *x*`"],
    ["$`a^2`$ is math", "`a^2` is math"],
    [
      "```js\nif (a < b && c) `x`;\n\n  *b*\n```",
      "```\nif (a &lt; b &amp;&amp; c) `x`;\n\n  *b*\n```",
    ],
    ["````\n```\n`````` end\n````", "```\n``\u200b`\n``\u200b``\u200b`` end\n```"],
    ["text:\n~~~\ncode\n~~~\nmore", "text:\n```\ncode\n```\nmore"],
    ["```\nopen\n\n\n", "```\nopen\n```"],
    ["```\n```", ""],
    ["    indented\n      code", "```\nindented\n  code\n```"],
    ["```\na\n```\n```\nb\n```", "```\na\n```\n```\nb\n```"],
    // Quotes
    ["> one\n> two\n>\n> three\nlazy\n\nafter", "> one\n> two\n>\n> three\n> lazy\n\nafter"],
    ["> one\n> > two", "> one\n> two"],
    ["> - one\n> - **two**", "> • one\n> • *two*"],
    ["> ```\n> code\n> ```\n> text", "```\ncode\n```\n> text"],
    [">>>\none\n\ntwo\n>>>\n\nafter", "> one\n>\n> two\n\nafter"],
    ["\\> no quote", "\u200b&gt; no quote"],
    // Lists
    ["Steps:\n- one\n- two\n\n- three", "Steps:\n• one\n• two\n• three"],
    ["- one\n  - two\n    - three\n- four", "• one\n    • two\n        • three\n• four"],
    ["- one\n  more\n\n  and more\n- two", "• one\n    more\n    and more\n• two"],
    ["3. three\n4. four\n   - five", "3. three\n4. four\n    • five"],
    ["- [ ] one\n- [x] two\n- [X] three\n\n1. [ ] four", "☐ one\n☑ two\n☑ three\n\n1. ☐ four"],
    [
      "- one\n  ```\n  code\n  ```\n- ```\n  code\n  ```",
      "• one\n```\ncode\n```\n•\n```\ncode\n```",
    ],
    ["- one\n-\n- two", "• one\n• two"],
    // Tables and rules
    ["| a | b |\n|---|:-:|\n| `1` | **2** \\| 3 |\n| 4 |\n|||", "*a | b*\n`1` | *2* | 3\n4 |"],
    ["a | b\n-|-\n[c](https://x.test) | d<br>e", "*a | b*\n<https://x.test/|c> | d e"],
    ["one\n\n---\n\ntwo\n***", "one\n\ntwo"],
    // Links
    ["[*a* `b`](https://x.test/?a=1&amp;b=2)", "<https://x.test/?a=1&amp;b=2|a b>"],
    ["**[a](https://x.test/)**", "*<https://x.test/|a>*"],
    ["[a][1] [1]\n\n[1]: https://x.test/", "<https://x.test/|a> <https://x.test/|1>"],
    ["https://x.test/a_b?c&d.", "<https://x.test/a_b?c&amp;d|https://x.test/a_b?c&amp;d>."],
    [
      "<https://x.test> www.x.test",
      "<https://x.test/|https://x.test> <http://www.x.test/|www.x.test>",
    ],
    ["[a|b>](https://x.test/|>)", "<https://x.test/%7C%3E|a¦b&gt;>"],
    [
      "[a](/group/app/-/issues/1) [b](/uploads/0f/b.txt)",
      "<https://gitlab.example.com/group/app/-/issues/1|a> <https://gitlab.example.com/group/app/uploads/0f/b.txt|b>",
    ],
    ["[a](../x) [b](x.md) [c](#d) [e](?f) [g](//evil.test) [h](/\\evil.test)", "a b c e g h"],
    ["[a](</\t/evil.test>)", "<https://gitlab.example.com/%20/evil.test|a>"],
    ["[a](javascript:alert(1)) [b](data:text/html,x) [c](ftp://x.test)", "a b c"],
    ["[a](mailto:a@x.test) <a@x.test> a@x.test", "a a@x.test a@x.test"],
    // Labels that are addresses
    ["[https://gitlab.com](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    ["[gitlab.com/login](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    ["[see www.gitlab.com now](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    ["[git\u200blab.com](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    ["[ｇｉｔｌａｂ.com](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    ["[**https:**//gitlab.com](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    [
      "[https://gitlab.com@evil.test](https://evil.test)",
      "<https://evil.test/|https://evil.test/>",
    ],
    ["[\u200b](https://evil.test)", "<https://evil.test/|https://evil.test/>"],
    ["[a](https://gitlab.com@evil.test)", "a"],
    ["https://x.test)`/", "https://x.test)\u02cb/"],
    ["[a](https://x.test/?`)", "<https://x.test/?%60|a>"],
    ["[https://x.test/a](https://x.test/b)", "<https://x.test/b|https://x.test/a>"],
    ["[x.test](https://www.x.test)", "<https://www.x.test/|x.test>"],
    ["[README.md](https://x.test)", "<https://x.test/|README.md>"],
    ["[the docs](https://x.test)", "<https://x.test/|the docs>"],
    // Images
    ["![a](https://x.test/a.png)", ":frame_with_picture: <https://x.test/a.png|a>"],
    [
      "![](/uploads/0f/a.png){width=60 height=40} b",
      ":frame_with_picture: <https://gitlab.example.com/group/app/uploads/0f/a.png|image> b",
    ],
    ["![a](a.png)", ":frame_with_picture: a"],
    ["[![build](https://x.test/b.svg)](https://x.test)", "<https://x.test/|build>"],
    // HTML
    ["a<!-- b -->c <b>d</b><br>e<br/>f", "ac d\ne\nf"],
    ["<!-- a\n\n/close -->\n\ntext", "text"],
    ["<details><summary>One</summary>\ntwo &amp; <i>three</i>\n</details>", "One\ntwo &amp; three"],
    [
      "<details>\n<summary>One</summary>\n\n**two**\n\n</details>\n\nthree",
      "One\n\n*two*\n\nthree",
    ],
    ["<script>alert(1)</script>\n\ntext", "text"],
    ["<div", "&lt;div"],
    // GitLab's own
    ['text\n/label ~bug ~"help wanted"\n/assign @ann\nmore\n\n/close', "text\nmore"],
    [
      "/etc/hosts\n/api is slow\n`/close`\n```\n/close\n```",
      "/etc/hosts\n/api is slow\n`/close`\n```\n/close\n```",
    ],
    ["---\ntitle: x\nlabels:\n- a\n---\ntext", "text"],
    ["---\n\ntext\n\n---", "text"],
    ["[[_TOC_]]\n\none\n\n[TOC]\n\ntwo", "one\n\ntwo"],
    [
      '#12 !34 group/app#12 &5 %"Next one" @ann @all',
      '#12 !34 group/app#12 &amp;5 %"Next one" @ann @all',
    ],
    ["~bug and ~feature~ :tada:", "\u223cbug and \u223cfeature\u223c :tada:"],
    ["{+ new +} [- old -]", "{+ new +} [- old -]"],
    // Character references, and what they must not become
    [
      "&lt;b&gt; &amp;lt; &quot;&nbsp;&#33; &hellip; &constructor;",
      '&lt;b&gt; &amp;lt; " ! &amp;hellip; &amp;constructor;',
    ],
    [
      "&lt;!channel&gt; &#60;!here&#62; &#x3c;@U1&#x3E;",
      "&lt;!channel&gt; &lt;!here&gt; &lt;@U1&gt;",
    ],
    [
      "a <!channel> <@U1> <#C1|x> <!subteam^S1> <!date^1^x|y>",
      "a &lt;!channel&gt; &lt;@U1&gt; &lt;#C1|x&gt; &lt;!subteam^S1&gt; &lt;!date^1^x|y&gt;",
    ],
    ["<!channel> is a tag to GitLab", "is a tag to GitLab"],
    ["<https://evil.test|https://gitlab.com>", "https://evil.test|https://gitlab.com"],
    ["> a&#10;b&#13;c&#8238;d&#0;e", "> a b cde"],
    ["&#xd800; &#xdfff; &#1114112;", "\ufffd \ufffd \ufffd"],
    ["\ud800 a\u202eb\u0000c", "\ufffd abc"],
  ])("%j is %j", ([source, text]) => {
    expect(mrkdwn(source)).toBe(text);
    expect(markdownToMrkdwn(source, { max: 2_000, projectUrl }).cut).toBe(false);
  });

  it("has no address for what is relative to an unknown project", () => {
    const options = { max: 100, projectUrl: null };
    const source = "[a](/x) [b](/uploads/x) [c](https://x.test)";
    expect(markdownToMrkdwn(source, options).text).toBe("a b <https://x.test/|c>");
    expect(markdownToMrkdwn("[a](/x)", { max: 9, projectUrl: "javascript:x" }).text).toBe("a");
  });
});

describe("GitLab Markdown as plain text", () => {
  test.for<[source: string, text: string]>([
    ["# One\n\n**b** _i_ ~~s~~ `c` a**b**c", "One\nb i s c abc"],
    ["```js\n<a> & `b`\n```", "<a> & `b`"],
    ["> one\n\n- two\n  1. three\n- [x] four", "> one\n\n• two\n    1. three\n☑ four"],
    ["| a | b |\n|---|---|\n| 1 | **2** |", "a | b\n1 | 2"],
    ["[a](https://x.test) [b](/c)", `a (https://x.test/) b (https://gitlab.example.com/c)`],
    ["https://x.test/a www.x.test [x.test](https://x.test)", "https://x.test/a www.x.test x.test"],
    ["[gitlab.com](https://evil.test) [a](../b)", "https://evil.test/ a"],
    ["![a](https://x.test/a.png)", "a (https://x.test/a.png)"],
    ["&lt;!here&gt; *a* ~label & \\*", "<!here> a ~label & *"],
  ])("%j is %j", ([source, text]) => {
    expect(markdownToPlain(source, { max: 2_000, projectUrl })).toEqual({ text, cut: false });
  });

  it("is never longer than it may be, with the addresses of its links", () => {
    const whole = markdownToPlain(RICH, { max: 2_000, projectUrl });
    expect(whole.cut).toBe(false);
    for (let max = 1; max < whole.text.length; max += 1) {
      const { text, cut } = markdownToPlain(RICH, { max, projectUrl });
      expect(Array.from(text).length).toBeLessThanOrEqual(max);
      expect(text.isWellFormed()).toBe(true);
      expect(cut).toBe(text !== whole.text);
      expect(cut).toBe(text.endsWith("…"));
    }
  });
});

describe("a cut", () => {
  it.for<[source: string, max: number, text: string]>([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["👍👍👍👍", 3, "👍👍…"],
    ["abc", 1, "…"],
    ["abc", 0, "…"],
    ["ab cd", 4, "ab…"],
    ["ab\n\ncd", 4, "ab…"],
    ["**bold _it_**", 7, "*bold _it_*"],
    ["**bold _it_ s**", 7, "*bold _i_*…"],
    ["**bold _it_**", 6, "*bold*…"],
    ["`code`", 3, "`co`…"],
    ["```\nab\ncd\n```", 4, "```\nab\n```\n…"],
    ["```\nab\ncd\n```", 5, "```\nab\ncd\n```"],
    ["[label](https://x.test) more", 6, "<https://x.test/|label>…"],
    ["[label](https://x.test) more", 5, "labe…"],
    ["- a\n- b", 5, "• a…"],
    ["a ![b](https://x.test)", 3, "a :frame_with_picture: <https://x.test/|b>"],
    ["a ![b](https://x.test)c", 3, "a…"],
    ["a<!-- long -->", 1, "a"],
  ])("of %j to %d is %j", ([source, max, text]) => {
    const cut = text.endsWith("…");
    expect(markdownToMrkdwn(source, { max, projectUrl })).toEqual({ text, cut });
  });

  it.for<[source: string, maxLines: number, text: string]>([
    ["a\nb\n\nc", 3, "a\nb\n\nc"],
    ["a\nb\n\nc", 2, "a\nb…"],
    ["- a\n- b\n- c", 2, "• a\n• b…"],
    ["```\na\n\nb\n```", 2, "```\na\n```\n…"],
    ["a", 0, "…"],
  ])("of %j to %d lines is %j", ([source, maxLines, text]) => {
    const cut = text.endsWith("…");
    expect(markdownToMrkdwn(source, { max: 99, maxLines, projectUrl })).toEqual({ text, cut });
  });

  it("is the beginning of the whole, of which all marks and links are whole", () => {
    const whole = markdownToMrkdwn(RICH, { max: 2_000, projectUrl });
    expect(whole.cut).toBe(false);
    expect(unpaired(whole.text)).toBe("");
    for (let max = 1; max < 400; max += 1) {
      const { text, cut } = markdownToMrkdwn(RICH, { max, projectUrl });
      const begins = cut ? seen(text).slice(0, -1) : seen(text);
      expect(seen(whole.text).startsWith(begins)).toBe(true);
      expect(Array.from(seen(text)).length).toBeLessThanOrEqual(max);
      expect(unpaired(text)).toBe("");
      expect(text).not.toMatch(/<(?!https?:\/\/[^<>|\s]+\|[^<>|\n]+>)/);
      expect(text.isWellFormed()).toBe(true);
      expect(cut).toBe(text !== whole.text);
      expect(cut).toBe(text.endsWith("…"));
    }
  });

  it("says so when only a part of the source was read", () => {
    const unseen = "<b></b>".repeat(2_000);
    expect(markdownToMrkdwn(`a\n${unseen}\nb`, { max: 9, projectUrl })).toEqual({
      text: "a…",
      cut: true,
    });
  });

  it("reads past the long comments with which templates begin", () => {
    const comment = `<!--\n${"Please fill this in. ".repeat(500)}\n-->`;
    const source = `${comment}\n## Summary\n${comment}\nIt <!-- really --> breaks.`;
    expect(markdownToMrkdwn(source, { max: 50, projectUrl })).toEqual({
      text: "*Summary*\nIt  breaks.",
      cut: false,
    });
    expect(markdownToMrkdwn(`a\n<!-- ${"b".repeat(9_000)}`, { max: 50, projectUrl })).toEqual({
      text: "a",
      cut: false,
    });
  });

  it("reads whole lines, so that nothing ends in half a link", () => {
    const source = "[a](https://x.test/012345678901234567890123456789)\n".repeat(100);
    const { text } = markdownToMrkdwn(source, { max: 200, projectUrl: null });
    expect(text).toMatch(/^(?:<[^<>]+\|a>\n)+<[^<>]+\|a>…$/);
  });
});

/** What a text could do in Slack that no foreign text may; nothing is as it should be. */
function harm(source: string, max: number): string[] {
  const { text } = markdownToMrkdwn(source, { max, projectUrl });
  const bare = markdownToPlain(source, { max, projectUrl }).text;
  const checks = {
    "opens a mention or a link": /<(?!https?:\/\/[^<>|\s]+\|[^<>|\n]+>)/.test(text),
    "has an entity that is none of Slack's": /&(?!(?:amp|lt|gt);)/.test(text),
    "leaves a block of code open": text.split("```").length % 2 === 0,
    "turns the reading direction": /[\u202a-\u202e\u2066-\u2069]/.test(text + bare),
    "is no Unicode": !text.isWellFormed() || !bare.isWellFormed(),
    "is too long": text.length > 20 * (4 * max + 1_000) || Array.from(bare).length > max,
    "mentions as plain text": /<[!@#]/.test(plainText(bare)),
  };
  return Object.entries(checks).flatMap(([name, found]) => (found ? [name] : []));
}

describe("a stranger's text", () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom("<!channel>", "<@U123>", "<#C1>", "<!date^1^{date}|x>", "@channel", "<", ">"),
      fc.constantFrom(
        "<https://evil.test|https://gitlab.com>",
        "](https://evil.test)",
        "[",
        "![",
        "]",
      ),
      fc.constantFrom(
        "&lt;!channel&gt;",
        "&#60;!here&#62;",
        "&#x3c;@U1&#x3e;",
        "&amp;lt;",
        "&",
        "&#8238;",
      ),
      fc.constantFrom(
        "*",
        "**",
        "_",
        "~~",
        "~",
        "`",
        "``",
        "```",
        "\n```\n",
        "$`",
        "\\",
        "|",
        "\n|-|\n",
      ),
      fc.constantFrom(
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n# ",
        "\n    ",
        "\n>>>\n",
        " ",
        "\n---\n",
      ),
      fc.constantFrom(
        "<b>",
        "</details>",
        "<br>",
        "<!--",
        "-->",
        "<script>",
        "<a href='",
        "<![CDATA[",
      ),
      fc.constantFrom(
        "\u202e",
        "\u200b",
        "\u2066",
        "\ud83d",
        "👍🏽",
        "\u0000",
        "\r",
        "\t",
        "é",
        "語",
      ),
      fc.constantFrom(
        "a",
        "b_c",
        "https://x.test/a?b&c=*d*",
        "www.x.test",
        "a@x.test",
        "/close",
        ":tada:",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    maxLength: 60,
  });

  it("mentions nobody and breaks out of nothing", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 200 }), (source, max) => {
        expect(harm(source, max)).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is formatted by whole marks only, but for what it hides in zero-width spaces", () => {
    const visible = hostile.filter((text) => !text.includes("\u200b"));
    fc.assert(
      fc.property(visible, fc.integer({ min: 1, max: 200 }), (source, max) => {
        expect(unpaired(markdownToMrkdwn(source, { max, projectUrl }).text)).toBe("");
      }),
      { numRuns: 2_000 },
    );
  });

  // A megabyte of it, of which the parser must not take its time for every character.
  test.for(
    [
      "> >> [ ![ * ** _ ~~ | ` < ( \\ & # - -- a *a **a a_ _a a**b <!-- <b [a]( ![a]( [a][ a@ www. 👍".split(
        " ",
      ),
      [
        "- ",
        "1. ",
        "+ - ",
        "> - ",
        "- > ",
        "> ",
        "*a ",
        "**a _b ~~c ",
        "<b ",
        "a ",
        "\\[",
        "&#60;",
        "$`a`$",
      ],
      [
        "\n",
        "\t",
        "a\n--\n",
        "|a\n|-\n",
        "a|b\n-|-\n",
        "[a]: b\n",
        ">>>\n",
        "```\n",
        "``` ",
        "<div>\n",
      ],
      ["*a ".repeat(999) + "a* ".repeat(999), "![".repeat(999) + "](a)".repeat(999)],
    ].flat(),
  )("is harmless when it is %j over and over", (unit) => {
    expect(harm(unit.repeat(1_000_000 / unit.length), 3_000)).toEqual([]);
  });
});
