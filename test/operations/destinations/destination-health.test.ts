import { expect, it } from "vitest";
import {
  healthOf,
  healthOfTo,
  surroundings,
  type Surroundings,
} from "../../../src/operations/destinations/destination-health.ts";
import type { DestinationPause } from "../../../src/relay/destination-states.ts";

type Rule = Parameters<typeof healthOfTo>[2];

const RULE: Rule = { key: "mapping/slack/C0000000001", place: "C0000000001", project: null };

function pause(destination: string, code: string, since: number): DestinationPause {
  return { destination, code, said: code, fix: "", since, triedAt: since };
}

function around(
  relays: Record<string, { used?: string[]; pauses?: DestinationPause[] }>,
): Surroundings {
  return surroundings(
    new Map([
      ["team", null],
      ["broken", "type: expected …"],
    ]),
    Object.entries(relays).map(([relay, { used = [], pauses = [] }]) => ({ relay, used, pauses })),
  );
}

it("tells what is missing, unusable, never used and well apart", () => {
  const is = (name: string, used: string[]): string =>
    healthOf(around({ "gitlab/acme": { used } }), name, null).is;
  expect(is("nobody", ["nobody"])).toBe("missing");
  expect(is("broken", ["broken"])).toBe("unusable");
  expect(is("team", [])).toBe("unused");
  expect(is("team", ["team"])).toBe("ok");
});

it("says a person's pause before Slack's, and since when the first of them", () => {
  const relays = {
    "gitlab/acme": { pauses: [pause("team", "is_archived", 1)] },
    "gitlab/beta": { pauses: [pause("team", "paused_by_person", 2)] },
  };
  expect(healthOf(around(relays), "team", null)).toMatchObject({
    is: "paused",
    code: "paused_by_person",
    since: 1,
    relays: ["gitlab/acme", "gitlab/beta"],
  });
});

it("lets Slack's pause of one namespace count for its own mappings, and for those of everything", () => {
  const known = around({ "gitlab/acme": { pauses: [pause("team", "is_archived", 1)] } });
  expect(healthOf(known, "team", "mapping/gitlab/acme/widgets").is).toBe("paused");
  expect(healthOf(known, "team", "mapping/gitlab/*").is).toBe("paused");
  expect(healthOf(known, "team", "mapping/gitlab/beta").is).toBe("unused");
  const held = around({ directory: { pauses: [pause("team", "paused_by_person", 1)] } });
  expect(healthOf(held, "team", "mapping/gitlab/beta").is).toBe("paused");
});

it("looks for what stands for the bot where its rule answers", () => {
  const slack = {
    used: ["thread:C0000000002", "dm:*"],
    pauses: [
      pause("thread:C0000000001", "not_in_channel", 1),
      pause("gitlab_issue:acme/desk", "gone", 1),
    ],
  };
  const known = around({ "slack/T0": slack });
  const is = (to: string, more: Partial<Rule> = {}): string =>
    healthOfTo(known, to, { ...RULE, ...more }).is;
  expect(is("thread")).toBe("paused");
  expect(is("thread", { place: "C0000000002" })).toBe("ok");
  expect(is("thread", { place: "*" })).toBe("paused");
  expect(is("dm")).toBe("ok");
  expect(is("ephemeral")).toBe("unused");
  expect(is("gitlab_issue", { project: "acme/desk" })).toBe("paused");
  expect(is("gitlab_issue", { project: "acme/other" })).toBe("unused");
});
