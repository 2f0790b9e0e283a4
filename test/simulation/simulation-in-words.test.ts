import { expect, test } from "vitest";
import { placeInWords } from "../../src/simulation/simulation-in-words.ts";

const NOWHERE = { channel: null, user: null, project: null, secret: null };
const NAMES = new Map([["C0000000001", "outages"]]);

test.for([
  ["channel", "C0000000001", "channel #outages"],
  ["channel", "C0000000002", "channel C0000000002"],
  ["webhook", "C0000000001", "incoming webhook, posts in #outages"],
  ["workflow", null, "workflow"],
] as const)("names the channel of a %s (%s) where its name is known", ([type, channel, words]) => {
  expect(placeInWords({ ...NOWHERE, type, channel }, (id) => NAMES.get(id))).toBe(words);
});

test("says a channel's id where nobody knows names", () => {
  expect(placeInWords({ ...NOWHERE, type: "channel", channel: "C0000000001" })).toBe(
    "channel C0000000001",
  );
});
