import { expect, test } from "vitest";
import { channelMeant } from "../../../src/operations/reactions/channel-meant.ts";

const NAMES = new Map([
  ["C0000000001", "outages"],
  ["C0000000002", "support_self-managed"],
]);

test.for([
  ["its id", "C0000000009", "C0000000009"],
  ["the star", "*", "*"],
  ["its name", "support_self-managed", "C0000000002"],
  ["its name with #", "#outages", "C0000000001"],
  ["its name as somebody types it", "#Outages", "C0000000001"],
  ["a name that nobody knows", "outage", null],
  ["nothing but #", "#", null],
] as const)("a channel is found by %s", ([, said, meant]) => {
  expect(channelMeant(said, NAMES)).toBe(meant);
});
