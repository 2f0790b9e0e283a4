import { expect, it } from "vitest";
import { summarize } from "../../../src/operations/backtest/backtest-summary.ts";
import { messageAsRead } from "../../../src/cli/simulation/message-as-read.ts";
import { discardedBy } from "../../../src/relay/discarded.ts";
import type { BacktestItem } from "../../../src/simulation/with-exposures.ts";

type Would = BacktestItem["would"][number];

const EVENT: BacktestItem = {
  id: "id",
  at: "2026-03-01T23:59:59.999Z",
  type: "issue.open",
  title: "Title",
  project: "acme/widgets",
  confidential: false,
  state: "routed",
  reason: null,
  problem: null,
  would: [],
  did: [],
};

function would(destination: string, changes: Partial<Would> = {}): Would {
  return {
    destination,
    mapping: "mapping/gitlab/acme",
    rule: "A",
    state: "pending",
    shadow: false,
    reason: null,
    faulty: false,
    exposure: "same",
    ...changes,
  };
}

function did(
  destination: string,
  changes: Partial<BacktestItem["did"][number]> = {},
): BacktestItem["did"][number] {
  const made = { mapping: "mapping/gitlab/acme", rule: "A", state: "delivered" as const };
  return { destination, ...made, reason: null, role: "rule", ...changes };
}

it("compares what the rules did: no replay, no alert, nothing that Causeway said by itself", () => {
  const { posts, apart, tallies } = summarize([
    {
      ...EVENT,
      would: [would("a"), would("b", { state: "shadow", shadow: true })],
      did: [
        did("a"),
        did("c", { role: "replay" }),
        did("d", { role: "alert", mapping: null, rule: null }),
        did("ephemeral:C1:U1", { mapping: null, rule: "Why this message?" }),
        did("e", { state: "filtered", reason: "confidential" }),
        did("f", { state: "shadow" }),
      ],
    },
  ]);
  expect(posts).toEqual({ would: 1, did: 1, unsent: 0, added: 0, removed: 0 });
  expect(apart).toEqual({ wouldShadow: 1, didShadow: 1, replays: 1, alerts: 1 });
  expect(tallies).toEqual([
    { destination: "a", day: "2026-03-01", would: 1, did: 1, unsent: 0, added: 0, removed: 0 },
  ]);
});

it("finds no difference in what was discarded, failed or still waits, whatever the draft wants", () => {
  const places = ["gone", "failed", "waits", "kept"];
  const item = {
    ...EVENT,
    did: [
      did("gone", { state: "filtered", reason: discardedBy("ana", "the secret is missing") }),
      did("failed", { state: "failed" }),
      did("waits", { state: "pending" }),
      did("kept", { state: "filtered", reason: "confidential" }),
    ],
  };
  const wanted = summarize([{ ...item, would: places.map((place) => would(place)) }]);
  expect(wanted.posts).toEqual({ would: 4, did: 0, unsent: 3, added: 1, removed: 0 });
  expect(wanted.added.map(({ destination }) => destination)).toEqual(["kept"]);
  expect(wanted.tallies).toContainEqual(
    expect.objectContaining({ destination: "gone", would: 1, did: 0, unsent: 1, added: 0 }),
  );
  const { posts } = summarize([item]);
  expect(posts).toEqual({ would: 0, did: 0, unsent: 3, added: 0, removed: 0 });
});

it("counts what goes to single people in one line, and days apart", () => {
  const { tallies } = summarize([
    { ...EVENT, would: [would("ephemeral:C1:U1"), would("dm:U1"), would("thread:C1")] },
    { ...EVENT, would: [would("ephemeral:C1:U2"), would("dm:U2")] },
    { ...EVENT, at: "2026-03-02T00:00:00.000Z", would: [would("dm:U3")] },
  ]);
  expect(tallies.map(({ destination, day, would: n }) => [destination, day, n])).toEqual([
    ["dm", "2026-03-01", 2],
    ["dm", "2026-03-02", 1],
    ["ephemeral:C1", "2026-03-01", 2],
    ["thread:C1", "2026-03-01", 1],
  ]);
});

it("does not compare events that were not routed", () => {
  const { events, posts } = summarize([
    { ...EVENT, state: "undecided", would: [would("a")] },
    { ...EVENT, state: "failed", would: [would("a")] },
    { ...EVENT, state: "unreadable" },
  ]);
  expect(events).toEqual({ total: 3, routed: 0, undecided: 1, failed: 1, unreadable: 1 });
  expect(posts).toEqual({ would: 0, did: 0, unsent: 0, added: 0, removed: 0 });
});

it("finds a leak also where the template fails, for the default message goes out instead", () => {
  const leaking = [
    would("a", { exposure: "opened", faulty: true, reason: "template: …" }),
    would("b", { exposure: "moved" }),
    would("c"),
    would("d", { exposure: "new", state: "filtered", reason: "confidential" }),
  ];
  const { leaks, faults } = summarize([
    { ...EVENT, confidential: true, would: leaking },
    { ...EVENT, would: leaking },
  ]);
  expect(leaks.map(({ destination, why }) => [destination, why])).toEqual([
    ["a", "opened"],
    ["b", "moved"],
  ]);
  expect(faults).toEqual([
    { said: "template: …", where: "mapping/gitlab/acme › A, to a", events: 2, example: "id" },
  ]);
});

it("shows every kind of block as it is read", () => {
  const blocks = [
    { type: "header", text: { type: "plain_text", text: "*Head*" } },
    {
      type: "section",
      text: { type: "mrkdwn", text: "*bold* <https://a.test|link> &amp; <@U1>" },
      fields: [{ type: "mrkdwn", text: "_one_" }],
      accessory: { type: "image", alt_text: "a cat" },
    },
    { type: "divider" },
    {
      type: "actions",
      elements: [
        { type: "button", text: { type: "plain_text", text: "Open" }, url: "https://b.test" },
        { type: "users_select" },
      ],
    },
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "text", text: "rich " },
            { type: "link", url: "https://c.test" },
          ],
        },
      ],
    },
    { type: "video" },
  ];
  expect(messageAsRead("text", blocks).split("\n")).toEqual([
    "*Head*",
    "bold link (https://a.test) & @U1",
    "one",
    "(image: a cat)",
    "──────────",
    "[Open] (https://b.test) (users_select)",
    "rich https://c.test",
    "(a block of type video)",
  ]);
  expect(messageAsRead("*only* text", null)).toBe("only text");
});
