import { readTemplate } from "../../linting/read-template.ts";
import { singleBraces } from "../../linting/single-braces.ts";
import { SLACK_MAPPINGS } from "../../mappings/mapping-keys.ts";
import type { Env } from "../../env.ts";
import { CHANNEL_ID } from "../../mappings/schema.ts";
import { setInJson } from "../../publishing/edit-json.ts";
import { lostAddress, withAddresses } from "../../publishing/hidden-address.ts";
import type { Publish } from "../../publishing/publish.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import { changeDocument, type ChangeAnswer } from "../publishing/change-document.ts";
import { channelAnswers, type ChannelAnswer } from "./channel-answers.ts";
import { occasionInWords, occasionOf } from "./occasion.ts";
import { EVERY_CHANNEL } from "./reaction-matrix.ts";

/** Other words for a rule; `version` is the rule's that whoever changes it has seen. */
export type ChangedText = {
  channel: string;
  on: string;
  rule: string;
  version: string;
  text: string;
};

/** A rule that a channel does not have yet. */
export type NewAnswer = { channel: string; on: string; to: string; name: string; text: string };

/** What became of it. `warnings`: what looks like a mistake in the words, and is published all the same. `conflict`: the rule is not what was seen; `answer` is how it is now, null: it is gone. */
export type AnswerChange =
  | { is: "published"; publish: Publish; warnings: string[] }
  | { is: "unchanged" }
  | { is: "conflict"; by: string | null; at: string | null; answer: ChannelAnswer | null }
  | { is: "refused"; why: string[] };

const EMPTY = '{"rules":[]}';

/** Gives a rule of a channel other words, and leaves everything else of the document as it stands. */
export async function changeAnswer(
  env: Env,
  { channel, on, rule, version, text }: ChangedText,
  by: string,
): Promise<AnswerChange> {
  const key = keyOf(channel);
  const found = await env.RELAY.getByName(PUBLISHER).document(key);
  if (!found.ok) return { is: "refused", why: [found.message] };
  const { document } = found;
  if (document === null) return { is: "conflict", by: null, at: null, answer: null };
  const reading = channelAnswers(key, document.text);
  if (!reading.ok) return unusable(key, reading.problem);
  const answer = reading.answers.find((each) => each.rule === rule) ?? null;
  if (answer?.version !== version) {
    return { is: "conflict", by: document.by, at: document.at, answer };
  }
  if (answer.onlyInEditor !== null) {
    return { is: "refused", why: [`${answer.onlyInEditor} Change it in the editor.`] };
  }
  const whole = withAddresses(text, [document.text]);
  if (whole === null) return { is: "refused", why: [lostAddress(key).message] };
  if (answer.text === whole) return { is: "unchanged" };
  const changed = setInJson(document.text, ["rules", answer.index, "message"], whole);
  const why = `changed ${occasionInWords(occasionOf(on))} in ${placeInWords(channel)} in the console`;
  const change = { key, text: changed, ifMatch: document.etag, by, why };
  return said(await changeDocument(env, change), answer, answer.index, whole);
}

/** Adds a rule at the end of a channel's mapping, which is made if there is none. */
export async function addAnswer(
  env: Env,
  { channel, on, to, name, text }: NewAnswer,
  by: string,
): Promise<AnswerChange> {
  if (channel !== EVERY_CHANNEL && !CHANNEL_ID.test(channel)) {
    const why = `"${channel}" is no channel id such as C0123456789 (in Slack: channel details, at the bottom).`;
    return { is: "refused", why: [why] };
  }
  const key = keyOf(channel);
  const found = await env.RELAY.getByName(PUBLISHER).document(key);
  if (!found.ok) return { is: "refused", why: [found.message] };
  const { document } = found;
  const before = document?.text ?? EMPTY;
  const whole = withAddresses(text, [before]);
  if (whole === null) return { is: "refused", why: [lostAddress(key).message] };
  const reading = channelAnswers(key, before);
  if (!reading.ok) return unusable(key, reading.problem);
  const index = reading.answers.length;
  const added = setInJson(before, ["rules", index], { name, on, to, message: whole });
  const why = `added ${occasionInWords(occasionOf(on))} to ${placeInWords(channel)} in the console`;
  const change = { key, text: added, ifMatch: document?.etag ?? null, by, why };
  return said(await changeDocument(env, change), null, index, whole);
}

/** The key of a channel's mapping. */
export function keyOf(channel: string): string {
  return SLACK_MAPPINGS + channel;
}

/** "every channel", or the channel's id. */
function placeInWords(channel: string): string {
  return channel === EVERY_CHANNEL ? "every channel" : channel;
}

function unusable(key: string, problem: string): AnswerChange {
  const why = `${key} cannot be used as it is: ${problem} Put it right in the editor first.`;
  return { is: "refused", why: [why] };
}

/** Whoever changes one rule need not be told where it stands: "rules[3].message: …" is about the message. */
function said(
  answer: ChangeAnswer,
  seen: ChannelAnswer | null,
  index: number,
  text: string,
): AnswerChange {
  switch (answer.is) {
    case "published":
      return { ...answer, warnings: singleBraces(readTemplate(text), "slack") };
    case "conflict":
      return { ...answer, answer: seen };
    case "refused":
      return { is: "refused", why: answer.why.map((each) => each.replace(`rules[${index}].`, "")) };
  }
}
