import { expect, it, test } from "vitest";

import { checkBlocks } from "../../src/sandbox/check-blocks.ts";
import { section } from "./calls.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const header = (text: string) => ({ type: "header", text: plain(text) });
const button = (more: object) => ({
  type: "actions",
  elements: [{ type: "button", text: plain("Go"), ...more }],
});

it("takes everything at its limit", () => {
  const fields = Array(10).fill({ type: "mrkdwn", text: "a".repeat(2000) });
  expect(
    checkBlocks([
      header("h".repeat(150)),
      section("🦊".repeat(3000)),
      { type: "section", fields },
      { type: "context", elements: Array(10).fill(plain("a")) },
      button({ url: "u".repeat(3000), value: "v".repeat(2000), action_id: "a".repeat(255) }),
      { type: "actions", elements: [{ type: "static_select" }] },
      { type: "rich_text", elements: [] },
      { type: "divider" },
      ...Array(42).fill({ type: "divider" }),
    ]),
  ).toEqual([]);
});

test.for<[string, unknown, string]>([
  ["no list", { type: "divider" }, "/blocks]"],
  [
    "more than 50 blocks",
    Array(51).fill({ type: "divider" }),
    "no more than 50 items allowed [json-pointer:/blocks]",
  ],
  ["an unknown type", [{ type: "sandbox" }], "unsupported type [json-pointer:/blocks/0/type]"],
  ["a section without text and fields", [{ type: "section" }], "must provide text or fields"],
  ["an empty section", [section("")], "must be more than 0 characters"],
  [
    "a section of 3,001 characters",
    [section("a".repeat(3001))],
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
  ],
  ["a header of 151 characters", [header("a".repeat(151))], "must be less than 151 characters"],
  [
    "a header in mrkdwn",
    [{ type: "header", text: { type: "mrkdwn", text: "a" } }],
    "/blocks/0/text/type",
  ],
  ["eleven fields", [{ type: "section", fields: Array(11).fill(plain("a")) }], "/blocks/0/fields"],
  [
    "a field of 2,001 characters",
    [{ type: "section", fields: [plain("a".repeat(2001))] }],
    "/blocks/0/fields/0",
  ],
  [
    "eleven elements of a context",
    [{ type: "context", elements: Array(11).fill(plain("a")) }],
    "/blocks/0/elements",
  ],
  [
    "26 buttons",
    [{ type: "actions", elements: Array(26).fill({ type: "image" }) }],
    "/blocks/0/elements",
  ],
  [
    "a button without a label",
    [{ type: "actions", elements: [{ type: "button" }] }],
    "/blocks/0/elements/0",
  ],
  ["a value of 2,001 characters", [button({ value: "a".repeat(2001) })], "/blocks/0/elements/0"],
  [
    "the same block_id twice",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    'block_id "a" already exists [json-pointer:/blocks/1/block_id]',
  ],
])("refuses %s and says where", ([, blocks, expected]) => {
  expect(checkBlocks(blocks).join("\n")).toContain(expected);
});
