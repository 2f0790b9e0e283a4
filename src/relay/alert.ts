import type { Destination } from "../mappings/schema.ts";
import { fitMessage } from "../messages/fit-message.ts";
import type { Outgoing } from "../slack/answer.ts";
import { escapeMrkdwn } from "../slack/mrkdwn.ts";
import { plainText } from "../slack/plain-text.ts";
import type { Pause } from "./lane.ts";

/** What `ALERTS_TO` is told when a destination pauses: what, why, the fix, and what happens then. */
export function alertText(destination: string, pause: Pause): string {
  return [
    `Causeway cannot deliver to "${destination}": ${pause.said}.`,
    pause.fix,
    "Its messages are kept, tried every 5 minutes, and sent by themselves once this is fixed.",
  ].join("\n");
}

/** An alert as its destination takes it. */
export function alertOutgoing(text: string, destination: Destination): Outgoing {
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
