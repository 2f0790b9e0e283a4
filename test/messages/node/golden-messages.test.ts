import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, test } from "vitest";
import { checkBlocks } from "../../../src/sandbox/check-blocks.ts";
import { blockProblems } from "../../block-kit/block-schema.ts";
import { mrkdwnIn } from "../texts-in.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/slack");
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));

it("there are golden messages", () => {
  expect(FILES).not.toEqual([]);
});

test.for(FILES)("%s is a message that Slack takes", (file) => {
  const { text, blocks } = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
  expect(blockProblems(blocks)).toEqual([]);
  expect(checkBlocks(blocks)).toEqual([]);
  expect(text).toMatch(/\S/);
  expect(text.length).toBeLessThanOrEqual(4_000);
  for (const object of mrkdwnIn(blocks)) expect(object).toMatchObject({ verbatim: true });
});
