import { expect, it } from "vitest";
import { fixHere } from "../../../src/cli/operations/fix-here.ts";

const SET = "Set it: npx wrangler secret put SLACK_BOT_TOKEN.";

it("says where the local Worker has its secrets, and of others what they said", () => {
  expect(fixHere(SET, true)).toMatch(/ write it into \.dev\.vars, and start it again/);
  expect(fixHere(SET, false)).toBe(SET);
  expect(fixHere("Publish the destination.", true)).toBe("Publish the destination.");
});
