import { expect, it, test } from "vitest";
import { shownAddress } from "../../src/slack/shown-address.ts";

test.for([
  ["secret:TRIGGER_URL", "secret:TRIGGER_URL"],
  ["https://hooks.slack.com/triggers/T0CAUSEWAY/123/abc", "hooks.slack.com/triggers/T…/…••••"],
  ["https://hooks.slack.com/services/T0CAUSEWAY/B1/xyz", "hooks.slack.com/services/T…/…••••"],
  ["https://hooks.slack.com/abc", "hooks.slack.com/…••••"],
  [
    "https://user:word@hooks.slack.com/triggers/T0/1/abc?key=abc#abc",
    "hooks.slack.com/triggers/T…/…••••",
  ],
  ["not a url with abc", "••••"],
] as const)("shows %s as %s", ([url, shown]) => {
  expect(shownAddress(url)).toBe(shown);
});

it("shows nothing of what differs between two addresses", () => {
  const of = (word: string): string =>
    shownAddress(`https://hooks.slack.com/triggers/T${word}/1/${word}`);
  expect(of("AAAA")).toBe(of("BBBB"));
});
