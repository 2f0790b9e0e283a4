import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../src/json.ts";
import { parseSlackEvent, readSlackEvent } from "../../src/slack/parse-event.ts";
import type { SlackFacts } from "../../src/slack/slack-facts.ts";
import { ENVELOPE, REACTION, SHORTCUT } from "./bodies.ts";

const FACTS: SlackFacts = {
  bot: "U0CAUSEWAY",
  channelName: "general",
  message: {
    text: "  First line\nSecond line",
    permalink: "https://acme.slack.com/archives/C123ABC456/p1360782400498405",
    notice: null,
    byPerson: true,
    root: "1360782400.498405",
    isReply: false,
    author: "U222222222",
  },
  people: {
    U123ABC456: { username: "amina", name: "Amina", bot: false, gitlab: "amina.d" },
    U222222222: { username: "bruno", name: null, bot: true, gitlab: null },
  },
  groups: { S1: true },
  unknown: ["Slack did not say who somebody is."],
};

function happened(event: object, changes: object = {}): JsonObject {
  return { ...ENVELOPE, event, ...changes } as JsonObject;
}

function read(event: object, changes?: object) {
  return readSlackEvent(happened(event, changes));
}

/** The value with each field at any depth left out, or made something else, one at a time. */
function variants(value: JsonObject): JsonObject[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const { [key]: _gone, ...rest } = value;
    const others = [null, 7, true, "", "x y", [], {}, [[]], "x".repeat(5_000)].map((other) => ({
      ...rest,
      [key]: other,
    }));
    const deeper =
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? variants(inner).map((each) => ({ ...rest, [key]: each }))
        : [];
    return [rest, ...others, ...deeper];
  });
}

describe("a reaction", () => {
  it("is read as Slack documents it", () => {
    expect(readSlackEvent(ENVELOPE as JsonObject)).toEqual({
      types: ["reaction.+1"],
      kind: "reaction",
      action: "+1",
      team: "T123ABC456",
      channel: "C123ABC456",
      user: "U123ABC456",
      ts: "1360782400.498405",
      author: "U222222222",
      emoji: "+1",
      bot: "U0CAUSEWAY",
      at: "2013-02-13T19:13:24.083Z",
      unanswerable: null,
      attributes: REACTION,
    });
  });

  it("that is taken away is read alike", () => {
    expect(read({ ...REACTION, type: "reaction_removed" })).toMatchObject({
      types: ["reaction_removed.+1"],
      kind: "reaction_removed",
      action: "+1",
      emoji: "+1",
    });
  });

  test.for<[reaction: unknown, type: string]>([
    ["eyes", "reaction.eyes"],
    ["thumbsup::skin-tone-6", "reaction.+1"],
    ["+1::skin-tone-2", "reaction.+1"],
    [
      "man_and_woman_holding_hands::skin-tone-2::skin-tone-3",
      "reaction.man_and_woman_holding_hands",
    ],
    [":ThumbsUp:", "reaction.+1"],
    ["flag-de", "reaction.de"],
    ["our_own-emoji", "reaction.our_own-emoji"],
    ["größe", "reaction.größe"],
    ["__proto__", "reaction.__proto__"],
    ["constructor", "reaction.constructor"],
    ["two words\there", "reaction.two_words_here"],
    ["x".repeat(200), `reaction.${"x".repeat(100)}`],
    ["", "reaction"],
    ["::", "reaction"],
    [null, "reaction"],
    [7, "reaction"],
    [["eyes"], "reaction"],
  ])("with %j is %j", ([reaction, type]) => {
    const { types, emoji } = read({ ...REACTION, reaction });
    expect(types).toEqual([type]);
    expect(emoji).toBe(type.split(".", 2)[1] ?? null);
  });

  test.for<[item: unknown, why: string]>([
    [{ type: "file", file: "F1" }, "the reaction is on a file, not on a message"],
    [{ type: "file_comment", file: "F1" }, "the reaction is on a file comment, not on a message"],
    [
      { type: "message", channel: "C1" },
      "the reaction is on a message that Slack does not name, not on a message",
    ],
    [
      { type: "message", ts: "1.0" },
      "the reaction is on a message that Slack does not name, not on a message",
    ],
    [null, "the reaction is on a message that Slack does not name, not on a message"],
    ["message", "the reaction is on a message that Slack does not name, not on a message"],
  ])("on %j has no answer, and says why", ([item, why]) => {
    expect(read({ ...REACTION, item })).toMatchObject({ ts: null, unanswerable: why });
  });

  it("on a message that nobody wrote has no author", () => {
    const { item_user: _gone, ...rest } = REACTION;
    expect(read(rest)).toMatchObject({ author: null, unanswerable: null });
  });

  test.for<[event_ts: unknown, at: string | null]>([
    ["1360782804.083113", "2013-02-13T19:13:24.083Z"],
    ["0.001", "1970-01-01T00:00:00.001Z"],
    ["0", null],
    ["-1", null],
    ["NaN", null],
    ["Infinity", null],
    ["99999999999999", null],
    [1360782804, null],
    [null, null],
  ])("at %j happened at %j", ([event_ts, at]) => {
    expect(read({ ...REACTION, event_ts }).at).toBe(at);
  });
});

describe("somebody who joins a channel", () => {
  it("is an event about the channel and no message", () => {
    const event = {
      type: "member_joined_channel",
      user: "U123ABC456",
      channel: "C123ABC456",
      channel_type: "C",
      team: "T123ABC456",
      inviter: "U222222222",
      event_ts: "1360782804.083113",
    };
    expect(read(event)).toMatchObject({
      types: ["member_joined"],
      kind: "member_joined",
      action: "",
      channel: "C123ABC456",
      user: "U123ABC456",
      ts: null,
      author: null,
      emoji: null,
      at: "2013-02-13T19:13:24.083Z",
      unanswerable: null,
      attributes: event,
    });
  });
});

describe("a message shortcut", () => {
  it("is named for what it is to do", () => {
    expect(readSlackEvent(SHORTCUT as JsonObject)).toEqual({
      types: ["shortcut.make_issue"],
      kind: "shortcut",
      action: "make_issue",
      team: "T123ABC456",
      channel: "C123ABC456",
      user: "U123ABC456",
      ts: "1360782400.498405",
      author: "U222222222",
      emoji: null,
      bot: null,
      at: "2013-02-13T19:13:24.083Z",
      unanswerable: null,
      attributes: SHORTCUT.message,
    });
  });

  test.for<[callback_id: unknown, type: string]>([
    ["make issue now", "shortcut.make_issue_now"],
    ["__proto__", "shortcut.__proto__"],
    ["x".repeat(101), "shortcut"],
    ["", "shortcut"],
    [null, "shortcut"],
    [{}, "shortcut"],
  ])("called %j is %j", ([callback_id, type]) => {
    const { types } = readSlackEvent({ ...SHORTCUT, callback_id } as JsonObject);
    expect(types).toEqual([type]);
  });

  it("of a whole organisation belongs to the workspace of who uses it", () => {
    const reading = readSlackEvent({ ...SHORTCUT, team: null } as JsonObject);
    expect(reading.team).toBe("T123ABC456");
  });

  it("finds the message's id in the message too", () => {
    const { message_ts: _gone, ...rest } = SHORTCUT;
    expect(readSlackEvent(rest as JsonObject).ts).toBe("1360782400.498405");
  });
});

describe("what else Slack sends", () => {
  it("may be that events were held back", () => {
    const payload = { type: "app_rate_limited", team_id: "T1", minute_rate_limited: 1518467820 };
    expect(readSlackEvent(payload)).toMatchObject({
      types: ["app_rate_limited"],
      team: "T1",
      unanswerable: "Slack held events back: the app takes at most 30,000 an hour from a workspace",
    });
  });

  test.for<[payload: object]>([
    [{}],
    [{ type: "url_verification", challenge: "x" }],
    [{ type: "something_new" }],
    [{ type: "event_callback" }],
    [{ type: "event_callback", event: null }],
    [{ type: "event_callback", event: [REACTION] }],
    [{ type: "event_callback", event: { type: "tokens_revoked" } }],
    [{ type: "event_callback", event: { type: "message_action" } }],
    [{ type: "block_actions", event: REACTION }],
    [{ event: REACTION }],
    [{ type: 7 }],
    [{ type: ["reaction_added"] }],
    [{ type: "__proto__" }],
    [{ type: "constructor", event: { type: "toString" } }],
  ])("is unknown: %j", ([payload]) => {
    expect(readSlackEvent(payload as JsonObject)).toMatchObject({
      types: ["unknown"],
      kind: "unknown",
      channel: null,
      user: null,
      ts: null,
    });
  });

  it("cannot claim in an event to be what only Slack itself says", () => {
    const payload = { ...ENVELOPE, event: { type: "app_rate_limited", item: REACTION.item } };
    expect(readSlackEvent(payload as JsonObject).channel).toBeNull();
  });

  test.for<[authorizations: unknown, bot: string | null]>([
    [[{ user_id: "U1", is_bot: true }], "U1"],
    [[{ user_id: "U1", is_bot: false }], null],
    [[{ user_id: "U1" }], null],
    [[{ is_bot: true }], null],
    [[null], null],
    [[], null],
    [{ 0: { user_id: "U1", is_bot: true } }, null],
    [null, null],
  ])("is beside %j, where the bot is %j", ([authorizations, bot]) => {
    expect(read(REACTION, { authorizations }).bot).toBe(bot);
  });

  it("may have ids that are none: too long, empty or no text", () => {
    for (const id of ["x".repeat(101), "", 7, null, {}, []]) {
      const event = {
        ...REACTION,
        user: id,
        item_user: id,
        item: { ...REACTION.item, channel: id },
      };
      expect(read(event, { team_id: id, context_team_id: id, authorizations: [] })).toMatchObject({
        team: null,
        user: null,
        author: null,
        channel: null,
      });
    }
    expect(read({ ...REACTION, user: "x".repeat(100) }).user).toHaveLength(100);
  });
});

describe("any JSON object", () => {
  const payloads = [
    ENVELOPE,
    happened({ ...REACTION, type: "reaction_removed" }),
    happened({ type: "member_joined_channel", user: "U1", channel: "C1", event_ts: "1.0" }),
    SHORTCUT,
    { type: "app_rate_limited", team_id: "T1" },
  ] as JsonObject[];

  /** What is wrong with an event, whatever it was made of; nothing should be. */
  function wrongWith(payload: JsonObject): string[] {
    const { types } = readSlackEvent(payload);
    return [null, FACTS].flatMap((facts) => {
      const event = parseSlackEvent(payload, "an-id", facts);
      const isTyped = event.types.join() === types.join() && event.type === types[0];
      return [
        ...(isTyped ? [] : [`types ${event.types.join()} of ${types.join()}`]),
        ...types.filter((type) => !/^[a-z_]+(\.\S+)?$/.test(type)),
        ...(event.subject === "" ? ["no subject"] : []),
      ];
    });
  }

  it("like Slack's, but for one field, is an event of some type", () => {
    for (const payload of payloads) {
      const all = variants(payload);
      expect(all.length).toBeGreaterThan(5);
      for (const each of all) expect(wrongWith(each)).toEqual([]);
    }
  });

  it("is an event of some type, without white space in it", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const type = fc.constantFrom(
      "event_callback",
      "message_action",
      "reaction_added",
      "reaction_removed",
      "member_joined_channel",
      "app_rate_limited",
      "url_verification",
      "__proto__",
    );
    const item = fc.record({ type: value, channel: value, ts: value }, { requiredKeys: [] });
    const event = fc.record(
      {
        type,
        reaction: fc.oneof(value, fc.string({ unit: "binary" })),
        item,
        user: value,
        event_ts: value,
      },
      { requiredKeys: [] },
    );
    const payload = fc.record(
      {
        type,
        event: fc.oneof(event, value),
        team_id: value,
        authorizations: value,
        callback_id: fc.oneof(value, fc.string({ unit: "binary" })),
        message: value,
        channel: value,
        user: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(payload, fc.dictionary(fc.string(), value)), (each) => {
        expect(wrongWith(each as JsonObject)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("an event of Slack's in our words", () => {
  it("has what Slack was asked besides", () => {
    expect(parseSlackEvent(ENVELOPE as JsonObject, "an-id", FACTS)).toMatchObject({
      id: "an-id",
      type: "reaction.+1",
      kind: "reaction",
      action: "+1",
      title: "First line",
      text: "  First line\nSecond line",
      url: FACTS.message?.permalink,
      path: "C123ABC456",
      subject: "slack C123ABC456 1360782400.498405",
      project: null,
      actor: { id: "U123ABC456", username: "amina", name: "Amina", bot: false, gitlab: "amina.d" },
      author: { id: "U222222222", username: "bruno", name: null, bot: true, gitlab: null },
      details: {
        of: "slack",
        emoji: "+1",
        channel: { id: "C123ABC456", name: "general" },
        message: { ts: "1360782400.498405", root: "1360782400.498405", isReply: false },
        own: false,
        groups: { S1: true },
        unanswerable: null,
      },
    });
  });

  it("has what its body says while nobody was asked", () => {
    expect(parseSlackEvent(ENVELOPE as JsonObject, "an-id", null)).toMatchObject({
      title: null,
      text: null,
      url: null,
      actor: { id: "U123ABC456", username: null, name: null, bot: false, gitlab: null },
      author: { id: "U222222222" },
      details: {
        channel: { id: "C123ABC456", name: null },
        message: {
          ts: "1360782400.498405",
          root: "1360782400.498405",
          text: null,
          permalink: null,
          notice: null,
          byPerson: null,
        },
        groups: {},
      },
    });
  });

  it("is Causeway's own when its bot did it, whoever says which that is", () => {
    const own = (user: string, facts: SlackFacts | null, changes: object = {}) => {
      const { details } = parseSlackEvent(happened({ ...REACTION, user }, changes), "x", facts);
      return details.of === "slack" && details.own;
    };
    expect(own("U0CAUSEWAY", null)).toBe(true);
    expect(own("U0CAUSEWAY", null, { authorizations: null })).toBe(false);
    expect(own("U0CAUSEWAY", FACTS, { authorizations: null })).toBe(true);
    expect(own("U123ABC456", FACTS)).toBe(false);
    expect(own("", { ...FACTS, bot: null }, { authorizations: null })).toBe(false);
  });

  it("knows people by ids of their own alone", () => {
    for (const user of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect(parseSlackEvent(happened({ ...REACTION, user }), "x", FACTS).actor).toEqual({
        id: user,
        username: null,
        name: null,
        bot: false,
        gitlab: null,
      });
    }
  });

  it("is its own subject when it is about no message", () => {
    const joined = { type: "member_joined_channel", user: "U1", channel: "C1" };
    expect(parseSlackEvent(happened(joined), "an-id", null).subject).toBe("an-id");
  });

  it("has a title of one line and 80 characters", () => {
    const titled = (text: string | null) => {
      const message = FACTS.message === null ? null : { ...FACTS.message, text };
      return parseSlackEvent(ENVELOPE as JsonObject, "x", { ...FACTS, message }).title;
    };
    expect(titled("x".repeat(81))).toBe(`${"x".repeat(79)}…`);
    expect(titled("👍".repeat(80))).toBe("👍".repeat(80));
    expect(titled("\n\n  one\ntwo")).toBe("one");
    for (const text of [null, "", " \n\t"]) expect(titled(text)).toBeNull();
  });
});
