import { describe, expect, it, test } from "vitest";
import { REFUSED_FIX } from "../../../src/relay/cause-of-failure.ts";
import { causeInWords } from "../../../src/operations/failures/cause-in-words.ts";
import { failureCauses } from "../../../src/operations/failures/failure-causes.ts";
import { fixInConsole } from "../../../src/operations/failures/fix-in-console.ts";
import type { Failure } from "../../../src/relay/failures.ts";

function failure(fields: Partial<Failure>): Failure {
  return {
    kind: "failed",
    destination: "licensing",
    alert: false,
    code: "gave_up",
    said: "HTTP 503",
    fix: "Once whoever should take it is well again, retry it.",
    mend: "retry",
    retryable: true,
    count: 1,
    oldest: 10,
    newest: 20,
    examples: ["a.0"],
    ...fields,
  };
}

describe("causes of failures", () => {
  it("have all destinations that the same fix puts right, the most messages first", () => {
    const causes = failureCauses([
      failure({ count: 2, oldest: 5 }),
      failure({ destination: "billing", count: 7, newest: 90 }),
      failure({ code: "invalid_blocks", mend: "replay", fix: "Correct the rule." }),
    ]);
    expect(causes).toMatchObject([
      {
        code: "gave_up",
        count: 9,
        oldest: 5,
        newest: 90,
        stopped: [
          { destination: "billing", count: 7 },
          { destination: "licensing", count: 2 },
        ],
      },
      { code: "invalid_blocks", count: 1 },
    ]);
  });

  it("begin with what is paused, for that holds up what is still to come", () => {
    const causes = failureCauses([
      failure({ count: 100 }),
      failure({ kind: "paused", code: "is_archived", mend: "wait" }),
    ]);
    expect(causes.map(({ kind }) => kind)).toEqual(["paused", "failed"]);
  });

  it("keep what people paused apart, for each pause has its own reason", () => {
    const pause = { kind: "paused", code: "paused_by_person", mend: "resume" } as const;
    const causes = failureCauses([
      failure({ ...pause, said: "paused by amina: it moves" }),
      failure({ ...pause, destination: "billing", said: "paused by ben: noise" }),
    ]);
    expect(causes.map(({ stopped }) => stopped.map(({ said }) => said))).toEqual([
      ["paused by amina: it moves"],
      ["paused by ben: noise"],
    ]);
  });

  it("count alerts with what a retry sends with them, and say how many they are", () => {
    const causes = failureCauses([
      failure({ count: 3, said: "HTTP 502", newest: 30 }),
      failure({ alert: true, count: 2, said: "HTTP 503", newest: 40, examples: ["b.1"] }),
    ]);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.stopped).toEqual([
      expect.objectContaining({ count: 5, alerts: 2, said: "HTTP 503", examples: ["a.0", "b.1"] }),
    ]);
  });

  it("are one where Slack's words for a refused message differ, with a line for each", () => {
    const refusal = { fix: REFUSED_FIX, mend: "replay" } as const;
    const causes = failureCauses([
      failure({ ...refusal, code: "invalid_blocks" }),
      failure({ ...refusal, code: "invalid_input" }),
    ]);
    expect(causes.map(({ code }) => causeInWords(code))).toEqual([
      "Slack refused the message as the rule writes it",
    ]);
    expect(causes[0]?.stopped.map(({ code }) => code)).toEqual(["invalid_blocks", "invalid_input"]);
  });

  it("keep events without a destination apart from messages", () => {
    const routing = { code: "could_not_route", mend: "replay", fix: "Please report it." } as const;
    const causes = failureCauses([
      failure({ ...routing, destination: null }),
      failure({ ...routing }),
    ]);
    expect(causes.map(({ stopped }) => stopped.map(({ destination }) => destination))).toEqual([
      [null],
      ["licensing"],
    ]);
  });
});

test.each([
  ["not_in_channel", "The bot is not in the channel"],
  ["restricted_action_thread_locked", "Slack restricts who may post there"],
  ["http_404", "The address answered with HTTP 404"],
  ["some_new_word", "The answer was “some_new_word”"],
  ["constructor", "The answer was “constructor”"],
])("%s is: %s", (code, words) => {
  expect(causeInWords(code)).toBe(words);
});

test.each([
  [
    "not_in_channel",
    true,
    "Invite the bot to #x: open the channel in Slack and type /invite @Causeway.",
  ],
  [
    "not_in_channel",
    false,
    "Invite the bot: open the channel in Slack and type /invite @Causeway.",
  ],
  ["is_archived", true, "Unarchive #x in Slack, or name another channel in the destination."],
  ["is_archived", false, "Fix."],
  ["missing_scope", true, "Fix."],
])("the fix of %s (a channel known: %s) is: %s", (code, hasChannel, words) => {
  expect(fixInConsole({ code, fix: "Fix." }, hasChannel).join("#x")).toBe(words);
});
