import { expect, it } from "vitest";
import { documentsFor } from "../../src/simulation/documents-for.ts";
import { draftConfiguration } from "../../src/simulation/draft-configuration.ts";
import { exposures } from "../../src/simulation/exposure.ts";

const OPEN = { type: "channel", channel: "C0000000001" };
const CLOSED = { ...OPEN, confidential: true };

function configured(destinations: Record<string, unknown>) {
  return draftConfiguration(
    Object.entries(destinations).map(([name, value]) => ({
      key: `destination/${name}`,
      text: typeof value === "string" ? value : JSON.stringify(value),
    })),
  );
}

it("tells destinations that are new, newly told secrets, or somewhere else from those that are the same", () => {
  const live = configured({
    same: OPEN,
    opened: OPEN,
    moved: OPEN,
    rewired: { type: "workflow", url: "https://slack.test/triggers/1" },
    broken: "{",
  });
  const drafts = {
    same: { ...OPEN, limit: "none" },
    opened: CLOSED,
    moved: { ...OPEN, channel: "C0000000002" },
    rewired: { type: "workflow", url: "https://slack.test/triggers/2" },
    broken: OPEN,
    new: CLOSED,
  };
  const names = [...Object.keys(drafts), "thread:C0000000001", "nowhere"];
  expect(Object.fromEntries(exposures(live, configured(drafts), names))).toEqual({
    same: "same",
    opened: "opened",
    moved: "moved",
    rewired: "moved",
    broken: "new",
    new: "new",
    "thread:C0000000001": "same",
    nowhere: "same",
  });
});

it("gives each Relay the mappings of its own namespace, and everything that is no mapping", () => {
  const all = [
    "mapping/gitlab/*",
    "mapping/gitlab/acme",
    "mapping/gitlab/acme/widgets",
    "mapping/gitlab/acme-2/widgets",
    "mapping/slack/C0000000001",
    "destination/a",
    "person/amina",
  ].map((key) => ({ key }));
  const keysFor = (relay: string) => documentsFor(relay, all).map(({ key }) => key);
  const shared = ["destination/a", "person/amina"];
  expect(keysFor("gitlab/acme")).toEqual([
    "mapping/gitlab/*",
    "mapping/gitlab/acme",
    "mapping/gitlab/acme/widgets",
    ...shared,
  ]);
  expect(keysFor("gitlab/-")).toEqual(["mapping/gitlab/*", ...shared]);
  expect(keysFor("slack/T1")).toEqual(["mapping/slack/C0000000001", ...shared]);
});
