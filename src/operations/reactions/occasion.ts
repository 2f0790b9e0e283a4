import { isGlob } from "../../mappings/glob.ts";

/** What somebody does in Slack that rules answer, as the matrix of reactions has a column for it. */
export type SlackOccasion = {
  /** The event type, its emoji under the one name; a glob stays one: `reaction.red_*`. */
  type: string;
  kind: "reaction" | "reaction_removed" | "member_joined" | "shortcut" | "other";
  /** The emoji or callback id, without colons; empty where there is none. */
  name: string;
};

/** The order of the columns; reactions come first. */
const KINDS: SlackOccasion["kind"][] = [
  "reaction",
  "reaction_removed",
  "member_joined",
  "shortcut",
  "other",
];

/** What a type (see `foldType`) is. */
export function occasionOf(type: string): SlackOccasion {
  const [, word = "", name = ""] = /^([^.]*)(?:\.(.*))?$/s.exec(type) ?? [];
  const kind = KINDS.find((each) => each === word.toLowerCase()) ?? "other";
  return { type, kind, name: kind === "other" ? "" : name };
}

/** What is answered, to go on with: ":escalate:", "taking :eyes: back", "joining". */
export function occasionInWords({ type, kind, name }: SlackOccasion): string {
  const isAny = name === "*";
  switch (kind) {
    case "reaction":
      return isAny ? "any emoji" : `:${name}:`;
    case "reaction_removed":
      return isAny ? "taking any emoji back" : `taking :${name}: back`;
    case "member_joined":
      return "joining";
    case "shortcut":
      return isAny ? "any shortcut" : `shortcut “${name}”`;
    case "other":
      return type === "*" ? "whatever happens" : type;
  }
}

/** Reactions first, by name, globs behind them; then what else people do. */
export function inOrder(occasions: SlackOccasion[]): SlackOccasion[] {
  const rank = ({ kind, type }: SlackOccasion): number =>
    KINDS.indexOf(kind) * 2 + (isGlob(type) ? 1 : 0);
  return occasions.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
