import { destinationKey } from "../../mappings/destination-key.ts";
import type { Env } from "../../env.ts";
import type { Target } from "../../mappings/address.ts";
import { compileMapping } from "../../mappings/compile-mapping.ts";
import { readTemplate } from "../../linting/read-template.ts";
import { singleBraces } from "../../linting/single-braces.ts";
import { parseDestination } from "../../mappings/parse-document.ts";
import { sayProblems } from "../../mappings/problems.ts";
import { renderDelivery } from "../../messages/render-delivery.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import type { OutgoingContent } from "../../slack/answer.ts";
import { keyOf } from "./change-answer.ts";
import { occasionOf } from "./occasion.ts";
import { EVERY_CHANNEL } from "./reaction-matrix.ts";
import { sampleSlackEvent } from "./sample-slack-event.ts";

/** Words to try out: for what, and where they would be said. */
export type TriedAnswer = {
  channel: string;
  /** The channel's name, as far as it is known. */
  channelName: string | null;
  on: string;
  to: string;
  text: string;
};

/**
 * What would be posted, of a made-up event; `problem`: what went wrong in making it; `warnings`: what looks
 * like a mistake in the words.
 */
export type PreviewedAnswer =
  | { ok: true; content: OutgoingContent; problem: string | null; warnings: string[] }
  | { ok: false; problem: string };

/** Says what an answer would look like. Nothing is sent or kept; conditions are taken as met. */
export async function previewAnswer(env: Env, tried: TriedAnswer): Promise<PreviewedAnswer> {
  const { channel, channelName, on, to, text } = tried;
  const occasion = occasionOf(on);
  // As if it answered in a thread: there is no issue that it could be about.
  const isIssue = to === "gitlab_issue";
  const rule = { name: "preview", on, to: isIssue ? "thread" : to, message: text };
  const compiled = compileMapping(keyOf(channel), { rules: [rule] });
  if (!compiled.ok) {
    return { ok: false, problem: sayProblems(compiled.problems).replaceAll("rules[0].", "") };
  }
  const [ready] = compiled.value.rules;
  const sample = sampleSlackEvent(occasion, {
    id: channel === EVERY_CHANNEL ? null : channel,
    name: channelName ?? "a-channel",
  });
  const target = await targetOf(env, to, sample.event.path ?? "");
  if (target === null) {
    return { ok: false, problem: `There is no usable document destination/${to}.` };
  }
  const told = isIssue ? { ...sample, issue: SAMPLE_ISSUE } : sample;
  const { outgoing, problem } = renderDelivery(told, ready ?? null, target);
  const warnings = singleBraces(readTemplate(text), "slack");
  return { ok: true, content: outgoing, problem, warnings };
}

const SAMPLE_ISSUE = {
  url: "https://gitlab.com/my-group/requests/-/issues/12",
  title: "Where do I ask for a new licence?",
  reference: "my-group/requests#12",
  iid: 12,
  found: false,
};

async function targetOf(env: Env, to: string, channel: string): Promise<Target | null> {
  switch (to) {
    case "thread":
    case "gitlab_issue":
      return { type: "thread", channel };
    case "ephemeral":
      return { type: "ephemeral", channel, user: "" };
    case "dm":
      return { type: "dm", user: "" };
    default: {
      const key = destinationKey(to);
      const found = await env.RELAY.getByName(PUBLISHER).document(key);
      if (!found.ok || found.document === null) return null;
      const parsed = parseDestination(key, found.document.text);
      return parsed.ok ? parsed.value : null;
    }
  }
}
