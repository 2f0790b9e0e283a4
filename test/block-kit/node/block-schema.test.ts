import { describe, expect, it, test } from "vitest";
import { blockProblems, LIMITS_IN_COMMENTS } from "../block-schema.ts";
import { limitsInComment } from "../limits-in-comment.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const header = (text: string) => ({ type: "header", text: plain(text) });
const context = (...elements: unknown[]) => ({ type: "context", elements });
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const button = (more: object) => ({ type: "button", text: plain("Go"), ...more });
const menu = (more: object) => actions({ type: "static_select", options: [option("a")], ...more });
const option = (text: string) => ({ text: plain(text), value: "a" });
const image = (more: object) => ({
  type: "image",
  image_url: "https://a.b/c",
  alt_text: "a",
  ...more,
});
const dividers = (count: number) => Array(count).fill({ type: "divider" });
const rich = { type: "rich_text_section", elements: [{ type: "text", text: "a" }] };
const table = (rows: unknown[]) => ({ type: "table", rows });
const video = (more: object) => ({
  type: "video",
  video_url: "https://a.b/c",
  thumbnail_url: "https://a.b/d",
  alt_text: "a",
  title: plain("a"),
  ...more,
});
const cell = { type: "raw_text", text: "a" };

describe("the limits in the comments of @slack/types", () => {
  it("are found", () => {
    console.log(`Block Kit: ${LIMITS_IN_COMMENTS} limits in the comments of @slack/types`);
    expect(LIMITS_IN_COMMENTS).toBeGreaterThanOrEqual(100);
  });

  it("are not confused with settings, links and times", () => {
    const comment =
      "Specifies the maximum number of items. For `max_files` see {@link https://a.b/limit100 100}. Defaults to `3`. From 00 to 59.";
    expect(limitsInComment(comment)).toEqual([]);
  });
});

test.for<[string, unknown[]]>([
  ["no blocks", []],
  ["50 blocks", dividers(50)],
  ["a section of 3,000 characters of two UTF-16 units", [section("🦊".repeat(3_000))]],
  [
    "ten fields of 2,000 characters",
    [{ type: "section", fields: Array(10).fill(plain("a".repeat(2_000))) }],
  ],
  ["a section with an accessory", [{ ...section("a"), accessory: button({}), expand: true }]],
  ["a header of 150 characters", [header("a".repeat(150))]],
  ["ten elements of a context", [context(image({}), ...Array(9).fill(mrkdwn("a")))]],
  ["25 buttons", [actions(...Array(25).fill(button({})))]],
  [
    "a button with everything at its limit",
    [
      actions(
        button({
          text: plain("a".repeat(75)),
          url: "u".repeat(3_000),
          value: "v".repeat(2_000),
          action_id: "a".repeat(255),
          style: "primary",
          confirm: {
            title: plain("a"),
            text: mrkdwn("a".repeat(300)),
            confirm: plain("a".repeat(30)),
            deny: plain("a"),
          },
        }),
      ),
    ],
  ],
  [
    "a menu",
    [menu({ options: Array(100).fill(option("a")), placeholder: plain("a".repeat(150)) })],
  ],
  ["an image", [image({ title: plain("a".repeat(2_000)), alt_text: "a".repeat(2_000) })]],
  ["an image from Slack's files", [{ type: "image", slack_file: { id: "F1" }, alt_text: "a" }]],
  ["markdown of 12,000 characters", [{ type: "markdown", text: "a".repeat(12_000) }]],
  ["rich text", [{ type: "rich_text", elements: [rich] }]],
  [
    "empty rich text",
    [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [] }] }],
  ],
  ["a table of 100 rows and 20 columns", [table(Array(100).fill(Array(20).fill(cell)))]],
  [
    "different block_ids",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a".repeat(255) },
    ],
  ],
])("takes %s", ([, blocks]) => {
  expect(blockProblems(blocks)).toEqual([]);
});

test.for<[string, unknown, string]>([
  ["no list", { type: "divider" }, "/blocks must be array"],
  ["51 blocks", dividers(51), "/blocks must NOT have more than 50 items"],
  ["a block that is no object", ["divider"], "/blocks/0 must be object"],
  [
    "a block without a type",
    [{ text: plain("a") }],
    "/blocks/0 must have required property 'type'",
  ],
  [
    "an unknown type",
    [{ type: "sandbox" }],
    "/blocks/0/type must be equal to one of the allowed values: actions, alert",
  ],
  [
    "a property of another block",
    [{ type: "divider", text: plain("a") }],
    "/blocks/0 must NOT have additional properties: text",
  ],
  [
    "the same block_id twice",
    [
      { type: "divider", block_id: "a" },
      { ...header("a"), block_id: "a" },
    ],
    "/blocks/1/block_id must be unique: a",
  ],
  [
    "a block_id of 256 characters",
    [{ type: "divider", block_id: "a".repeat(256) }],
    "/blocks/0/block_id must NOT have more than 255 characters",
  ],
  [
    "a section without text and fields",
    [{ type: "section" }],
    "/blocks/0 must have required property 'text'",
  ],
  [
    "a section without a character",
    [section("")],
    "/blocks/0/text/text must NOT have fewer than 1 characters",
  ],
  [
    "a section of 3,001 characters",
    [section("a".repeat(3_001))],
    "/blocks/0/text/text must NOT have more than 3000 characters",
  ],
  [
    "a section whose text is a string",
    [{ type: "section", text: "a" }],
    "/blocks/0/text must be object",
  ],
  [
    "text of an unknown type",
    [{ type: "section", text: { type: "html", text: "a" } }],
    "/blocks/0/text/type must be equal to one of the allowed values: plain_text, mrkdwn",
  ],
  [
    "verbatim plain text",
    [{ type: "section", text: { ...plain("a"), verbatim: true } }],
    "/blocks/0/text must NOT have additional properties: verbatim",
  ],
  [
    "no fields",
    [{ type: "section", fields: [] }],
    "/blocks/0/fields must NOT have fewer than 1 items",
  ],
  [
    "eleven fields",
    [{ type: "section", fields: Array(11).fill(plain("a")) }],
    "/blocks/0/fields must NOT have more than 10 items",
  ],
  [
    "a field of 2,001 characters",
    [{ type: "section", fields: [plain("a"), mrkdwn("a".repeat(2_001))] }],
    "/blocks/0/fields/1/text must NOT have more than 2000 characters",
  ],
  [
    "an accessory that is text",
    [{ ...section("a"), accessory: plain("a") }],
    "/blocks/0/accessory/type must be equal to one of the allowed values: button",
  ],
  [
    "a header of 151 characters",
    [header("a".repeat(151))],
    "/blocks/0/text/text must NOT have more than 150 characters",
  ],
  [
    "a header in mrkdwn",
    [{ type: "header", text: { type: "mrkdwn", text: "a" } }],
    "/blocks/0/text/type must be equal to constant",
  ],
  [
    "a context without elements",
    [context()],
    "/blocks/0/elements must NOT have fewer than 1 items",
  ],
  [
    "eleven elements of a context",
    [context(...Array(11).fill(plain("a")))],
    "/blocks/0/elements must NOT have more than 10 items",
  ],
  [
    "a button in a context",
    [context(button({}))],
    "/blocks/0/elements/0/type must be equal to one of the allowed values: image, plain_text, mrkdwn",
  ],
  [
    "26 buttons",
    [actions(...Array(26).fill(button({})))],
    "/blocks/0/elements must NOT have more than 25 items",
  ],
  ["actions without elements", [actions()], "/blocks/0/elements must NOT have fewer than 1 items"],
  [
    "a button without a label",
    [actions({ type: "button" })],
    "/blocks/0/elements/0 must have required property 'text'",
  ],
  [
    "a button's label of 76 characters",
    [actions(button({ text: plain("a".repeat(76)) }))],
    "/blocks/0/elements/0/text/text must NOT have more than 75 characters",
  ],
  [
    "a button's url of 3,001 characters",
    [actions(button({ url: "u".repeat(3_001) }))],
    "/blocks/0/elements/0/url must NOT have more than 3000 characters",
  ],
  [
    "a button's value of 2,001 characters",
    [actions(button({ value: "v".repeat(2_001) }))],
    "/blocks/0/elements/0/value must NOT have more than 2000 characters",
  ],
  [
    "an action_id of 256 characters",
    [actions(button({ action_id: "a".repeat(256) }))],
    "/blocks/0/elements/0/action_id must NOT have more than 255 characters",
  ],
  [
    "a button of an unknown style",
    [actions(button({ style: "loud" }))],
    "/blocks/0/elements/0/style must be equal to one of the allowed values: primary, danger",
  ],
  [
    "101 options",
    [menu({ options: Array(101).fill(option("a")) })],
    "/blocks/0/elements/0/options must NOT have more than 100 items",
  ],
  [
    "an image without alt_text",
    [{ type: "image", image_url: "https://a.b/c" }],
    "/blocks/0 must have required property 'alt_text'",
  ],
  [
    "an alt_text of 2,001 characters",
    [image({ alt_text: "a".repeat(2_001) })],
    "/blocks/0/alt_text must NOT have more than 2000 characters",
  ],
  [
    "an image's title of 2,001 characters",
    [image({ title: plain("a".repeat(2_001)) })],
    "/blocks/0/title/text must NOT have more than 2000 characters",
  ],
  [
    "an image_url of 3,001 characters",
    [context(image({ image_url: "u".repeat(3_001) }))],
    "/blocks/0/elements/0/image_url must NOT have more than 3000 characters",
  ],
  [
    "markdown of 12,001 characters",
    [{ type: "markdown", text: "a".repeat(12_001) }],
    "/blocks/0/text must NOT have more than 12000 characters",
  ],
  [
    "a table of 101 rows",
    [table(Array(101).fill([cell]))],
    "/blocks/0/rows must NOT have more than 100 items",
  ],
  [
    "a table of 21 columns",
    [table([Array(21).fill(cell)])],
    "/blocks/0/rows/0 must NOT have more than 20 items",
  ],
  [
    "an author of 50 characters",
    [video({ author_name: "a".repeat(50) })],
    "/blocks/0/author_name must NOT have more than 49 characters",
  ],
])("refuses %s and says why", ([, blocks, expected]) => {
  expect(blockProblems(blocks)[0]).toContain(expected);
});
