import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import { escapeMarkdown, escapeTitle, markdownLink } from "../../../src/gitlab/escape-markdown.ts";
import { subjectOfUrl, urlsIn } from "../../../src/gitlab/subject-of-url.ts";
import { cutMrkdwn, fitMessage } from "../../../src/messages/fit-message.ts";
import {
  markdownToMrkdwn,
  markdownToPlain,
} from "../../../src/messages/markdown/gitlab-markdown.ts";
import { honestLabel, linkTarget } from "../../../src/messages/markdown/markdown-link.ts";
import { checkBlocks } from "../../../src/sandbox/check-blocks.ts";
import { foldEmoji } from "../../../src/slack/emoji.ts";
import {
  codeBlockMrkdwn,
  codeMrkdwn,
  escapeMrkdwn,
  mrkdwnLink,
} from "../../../src/slack/mrkdwn.ts";
import { plainText } from "../../../src/slack/plain-text.ts";
import { mentionsIn, readMrkdwn } from "../../../src/slack/read-mrkdwn.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText, PUMPS } from "../hostile.ts";

/** Markup of GitLab's and Slack's in any order, some of it often. */
const markup = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PUMPS) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          "**bold**",
          "_it_",
          "~~gone~~",
          "`code`",
          "```\ncode\n```\n",
          "[label](https://x.test/a)",
          "![image](/uploads/a.png){width=6}",
          "<@U0123456789>",
          "<#C0123456789|general>",
          "<!subteam^S0123456789>",
          "<https://x.test|label>",
          "| a | b |\n|---|---|\n| 1 | 2 |\n",
          "<details><summary>s</summary>\n",
          "[ref]: https://x.test\n",
          "- [x] done\n",
          "/close\n",
          ":thumbsup::skin-tone-2:",
        ),
      },
      { weight: 1, arbitrary: hostileText },
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(""));

/** The same piece or two again and again, in the length that a description may have. */
const long = fc
  .tuple(
    fc.constantFrom("", "https:", "https://x.test/", "<", "[", "*a", "> ", "```\n", "(", "a"),
    fc
      .array(fc.constantFrom(...PUMPS), { minLength: 1, maxLength: 2 })
      .map((pieces) => pieces.join("")),
    fc.constantFrom("", "x", "\n", ")", ">"),
  )
  .map(([start, pump, end]) => start + pump.repeat(30_000 / pump.length) + end);

const READERS: Record<string, (text: string) => unknown> = {
  readMrkdwn: (text) => readMrkdwn(text, () => "Amina"),
  mentionsIn,
  escapeMrkdwn,
  codeMrkdwn,
  codeBlockMrkdwn,
  plainText,
  escapeMarkdown,
  escapeTitle,
  markdownLink: (text) => markdownLink("https://x.test/", text),
  mrkdwnLink: (text) => mrkdwnLink(text, text),
  markdownToMrkdwn: (text) =>
    markdownToMrkdwn(text, { max: 2_500, projectUrl: "https://x.test/a" }).text,
  markdownToPlain: (text) => markdownToPlain(text, { max: 3_000, projectUrl: null }).text,
  linkTarget: (text) => linkTarget(text, "https://x.test/a"),
  honestLabel: (text) => honestLabel(text, "https://x.test/"),
  urlsIn: (text) => urlsIn(text).map(subjectOfUrl),
  subjectOfUrl,
  foldEmoji,
  cutMrkdwn: (text) => cutMrkdwn(text, 2_900),
  fitMessage: (text) => fitMessage({ text, blocks: null }),
};

describe("whatever a text is", () => {
  fuzz("what is written of it for Slack is whole, bounded and mentions nobody", markup, (text) => {
    for (const projectUrl of [null, "https://gitlab.example.com/acme/widgets"]) {
      const { text: written } = markdownToMrkdwn(text, { max: 500, maxLines: 6, projectUrl });
      assert.equal(written.isWellFormed(), true);
      const rest = written.replace(/<https?:\/\/[^<>|\s]+\|[^<>|\n]+>/g, "").replace(/^> ?/gm, "");
      assert.doesNotMatch(rest, /[<>]/);
      const { text: plain } = markdownToPlain(text, { max: 500, projectUrl });
      assert.ok(Array.from(plain).length <= 503);
    }
    assert.doesNotMatch(escapeMrkdwn(text), /[<>*~`]/);
    assert.match(codeMrkdwn(text), /^(`[^`<>\n]+`)?$/);
    assert.ok(!codeBlockMrkdwn(text).slice(3, -3).includes("```"));
    assert.match(mrkdwnLink(text, text), /^(<https?:[^<>|\n]+\|[^<>|\n]+>|[^<>|\n]*)$/);
    assert.doesNotMatch(plainText(text), /<[!@#]|@(channel|here|everyone)\b/i);
    const message = fitMessage({ text: escapeMrkdwn(text), blocks: null });
    assert.deepEqual(checkBlocks(message.blocks), []);
  });

  fuzz("an issue in GitLab made of it commands nothing and tells nobody", markup, (text) => {
    const escaped = escapeMarkdown(text);
    assert.doesNotMatch(escaped, /^[ \t]*\//m);
    // In an address between angle brackets GitLab looks for nobody.
    assert.doesNotMatch(escaped.replace(/<https?:[^<>\s]+>/gi, ""), /@(?!\u200b)/);
    assert.ok(!escaped.includes("<!--"));
    assert.doesNotMatch(escapeTitle(text), /@(?!\u200b)/);
  });

  fuzz("what people read of Slack's text is a text", markup, (text) => {
    assert.equal(
      typeof readMrkdwn(text, (id) => (id === "U0123456789" ? "Amina" : null)),
      "string",
    );
    for (const id of mentionsIn(text)) assert.match(id, /^[UW][A-Z0-9]+$/);
    assert.ok(urlsIn(text).length <= 10);
    for (const url of urlsIn(text)) subjectOfUrl(url);
    assert.equal(typeof foldEmoji(foldEmoji(text)), "string");
  });

  fuzz(
    "reading it takes time in proportion to its length",
    fc.tuple(fc.constantFrom(...Object.keys(READERS)), long),
    ([name, text]) => {
      READERS[name]?.(text);
    },
    { cpuMs: 150 },
  );
});
