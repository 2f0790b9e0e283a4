import { parseDestination } from "../../mappings/parse-document.ts";
import { sayProblems } from "../../mappings/problems.ts";
import { shownAddress } from "../../slack/shown-address.ts";

/** A destination as people see it in a list. */
export type DestinationView = { name: string } & (
  | { problem: null; shown: ShownDestination }
  /** Why it cannot be used. */
  | { problem: string; shown: null }
);

/** What a destination's document says, with nothing secret in it. */
export type ShownDestination = {
  type: "workflow" | "channel" | "webhook";
  /** `secret:NAME`, or what may be shown of a URL; null: the bot posts there. */
  address: string | null;
  channel: string | null;
  /** What the workflow declares; null: it does not say. */
  variables: string[] | null;
  /** As it is written; null: Slack's own pace. */
  limit: string | null;
  confidential: boolean;
};

/** What a list shows of the text of a destination. */
export function destinationView(key: string, text: string): DestinationView {
  const name = key.slice(key.indexOf("/") + 1);
  const read = parseDestination(key, text);
  if (!read.ok) return { name, problem: sayProblems(read.problems), shown: null };
  const { value } = read;
  return {
    name,
    problem: null,
    shown: {
      type: value.type,
      address: value.type === "channel" ? null : shownAddress(value.url),
      channel: value.channel ?? null,
      variables: value.type === "workflow" ? (value.variables ?? null) : null,
      limit: value.limit ?? null,
      confidential: value.confidential === true,
    },
  };
}
