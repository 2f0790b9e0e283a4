import type { Destination, Rule } from "../../mappings/schema.ts";

/**
 * What a person has to know about something that was moved in. `todo`: it works once they have done
 * this. `lost`: the old bridge did something that Causeway does otherwise or not at all.
 */
export type Remark = {
  kind: "todo" | "lost";
  /** The key of the rule or destination that it is about; null: all of it. */
  at: string | null;
  message: string;
};

/** A remark as the report has it: about which file (null: none was made), and because of what. */
export type Note = { kind: Remark["kind"]; from: string; file: string | null; message: string };

/** A rule and the mapping that it belongs to. `from` names the original: `Zap "CMOC handover"`. */
export type DraftRule = { mapping: string; from: string; rule: Rule; remarks: Remark[] };

export type DraftDestination = {
  name: string;
  from: string;
  destination: Destination;
  remarks: Remark[];
};

/** A configuration in the making. */
export type Draft = {
  rules: DraftRule[];
  /** By address, for what goes to one address is one destination. */
  destinations: Map<string, DraftDestination>;
  notes: Note[];
};

export function newDraft(): Draft {
  return { rules: [], destinations: new Map(), notes: [] };
}

/** Says something that no file is about. */
export function note(draft: Draft, kind: Note["kind"], from: string, message: string): void {
  draft.notes.push({ kind, from, file: null, message });
}
