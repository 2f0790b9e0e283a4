import { describe, expect, it, test } from "vitest";
import { channelAnswers } from "../../../src/operations/reactions/channel-answers.ts";
import { occasionInWords, occasionOf } from "../../../src/operations/reactions/occasion.ts";
import {
  reactionMatrix,
  type ChannelDocument,
} from "../../../src/operations/reactions/reaction-matrix.ts";

function document(channel: string, rules: object[], inherit?: boolean): ChannelDocument {
  const key = `mapping/slack/${channel}`;
  const text = JSON.stringify({ inherit, rules });
  return { channel, key, by: null, at: "2031-01-01T00:00:00Z", reading: channelAnswers(key, text) };
}

const rule = (name: string, on: string, more: object = {}) => ({
  name,
  on,
  to: "thread",
  message: name,
  ...more,
});

/** Of a channel, the answers on an occasion: "rule", or "rule behind another", and "*" where inherited. */
function answers(documents: ChannelDocument[], channel: string, type: string): string[] {
  const row = reactionMatrix(documents).rows.find((each) => each.channel === channel);
  const cell = row?.cells.find(({ occasion }) => occasion.type === type);
  return (cell?.answers ?? []).map(
    ({ rule: name, inherited, behind }) =>
      `${inherited ? "*" : ""}${name}${behind === null ? "" : ` behind ${behind}`}`,
  );
}

describe("the matrix of reactions", () => {
  const everywhere = document("*", [
    rule("Common", "reaction.x"),
    rule("All", "reaction.*", { to: "dm" }),
  ]);

  it("puts the rules for every channel behind a channel's own", () => {
    const own = document("C0000000001", [rule("Own", "reaction.x", { to: "ephemeral" })]);
    expect(answers([own, everywhere], "C0000000001", "reaction.x")).toEqual([
      "Own",
      "*Common",
      "*All",
    ]);
  });

  it("leaves out what a channel always says otherwise, and keeps what it says under a condition", () => {
    const always = document("C0000000001", [rule("Own", "reaction.x")]);
    const sometimes = document("C0000000002", [
      rule("Own", "reaction.x", { who: { not: "bots" } }),
    ]);
    const off = document("C0000000003", [rule("Own", "reaction.x", { enabled: false })]);
    const all = [always, sometimes, off, everywhere];
    expect(answers(all, "C0000000001", "reaction.x")).toEqual(["Own", "*All"]);
    expect(answers(all, "C0000000002", "reaction.x")).toEqual(["Own", "*Common", "*All"]);
    expect(answers(all, "C0000000003", "reaction.x")).toEqual(["Own", "*Common", "*All"]);
  });

  it("shows nothing of every channel's where a channel hides it", () => {
    const alone = document("C0000000001", [rule("Own", "reaction.y")], false);
    expect(answers([alone, everywhere], "C0000000001", "reaction.x")).toEqual([]);
  });

  it("says which rule never has its turn", () => {
    const own = document("C0000000001", [
      rule("First", "reaction.x"),
      rule("Second", "reaction.:X:"),
    ]);
    expect(answers([own], "C0000000001", "reaction.x")).toEqual(["First", "Second behind First"]);
  });

  it("has one column for all names of an emoji", () => {
    const own = document("C0000000001", [
      rule("A", "reaction.thumbsup"),
      rule("B", "reaction.:+1::skin-tone-2:", { to: "dm" }),
    ]);
    expect(reactionMatrix([own]).occasions.map(({ type }) => type)).toEqual(["reaction.+1"]);
    expect(answers([own], "C0000000001", "reaction.+1")).toEqual(["A", "B"]);
  });
});

test.for([
  ["reaction.escalate", ":escalate:"],
  ["reaction.*", "any emoji"],
  ["reaction_removed.eyes", "taking :eyes: back"],
  ["member_joined", "joining"],
  ["shortcut.issue", "shortcut “issue”"],
  ["*", "whatever happens"],
] as const)("calls %s %s", ([type, words]) => {
  expect(occasionInWords(occasionOf(type))).toBe(words);
});
