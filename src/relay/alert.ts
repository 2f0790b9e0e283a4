import { targetInWords } from "../mappings/address.ts";
import { fitMessage } from "../messages/fit-message.ts";
import type { Outgoing } from "../slack/answer.ts";
import type { Target } from "../mappings/address.ts";
import { escapeMrkdwn } from "../slack/mrkdwn.ts";
import { plainText } from "../slack/plain-text.ts";
import type { Pause } from "./lane.ts";
import { untried, type Outcome } from "./outcomes.ts";

/** Where an alert goes, and its place there. */
type Addressee = { destination: string; n: number; now: number; expectedAt: number };

/** The alert that a destination has paused, as a delivery beside the one that it paused at. */
export function alertOutcome(
  paused: string,
  pause: Pause,
  { key, seq }: Pick<Outcome, "key" | "seq">,
  { destination, n, now, expectedAt }: Addressee,
): Outcome {
  return {
    ...untried(),
    key,
    n,
    seq,
    role: "alert",
    state: "pending",
    reason: null,
    destination,
    subject: `alert ${paused}`,
    mapping: null,
    rule: null,
    versions: [],
    confidential: false,
    content: { kind: "alert", text: alertText(paused, pause) },
    createdAt: now,
    expectedAt,
  };
}

/** What `ALERTS_TO` is told: what, why, the fix, and what happens then. */
function alertText(destination: string, pause: Pause): string {
  return [
    `Causeway cannot deliver to ${targetInWords(destination)}: ${reason(pause)}.`,
    pause.fix,
    "What is to go there is kept, tried every 5 minutes, and sent by itself once this is fixed.",
  ].join("\n");
}

/** The cause in words: Slack's own where they are words, their code where they are JSON. */
function reason({ cause, code, said }: Pause): string {
  if (cause === "configuration") return said;
  if (code.startsWith("gitlab_")) return `GitLab says ${said}`;
  return `Slack says ${said.startsWith("{") ? code : said}`;
}

/** An alert as its destination takes it. */
export function alertOutgoing(text: string, destination: Target): Outgoing {
  if (destination.type !== "workflow") {
    return {
      kind: "message",
      ...fitMessage({ text: `:warning: ${escapeMrkdwn(text)}`, blocks: null }),
    };
  }
  const plain = plainText(text);
  const said: Record<string, string> = { title: plain.split("\n", 1)[0] ?? "", text: plain };
  const names = destination.variables ?? Object.keys(said);
  return {
    kind: "workflow",
    variables: Object.fromEntries(
      names.map((name) => [name, Object.hasOwn(said, name) ? (said[name] ?? "") : ""]),
    ),
  };
}
