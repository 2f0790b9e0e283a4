import { moment } from "../terminal/moment.ts";
import { oneLine } from "../../words/one-line.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/** A document that is not what whoever wanted to change it had seen, and who changed it when, if known. */
export type Strayed = { key: string; by: string | null; at: string | null };

/** Why nothing was published: others were faster. Names each document. */
export function conflict(strayed: Strayed[]): Refusal {
  const lines = strayed.map((document) => `  ${document.key}: ${changedMeanwhile(document)}`);
  return new Refusal(
    "conflict",
    `Nothing was published: somebody else changed the same meanwhile.\n${lines.join("\n")}\nPull it and decide what stays; --overwrite makes it what the folder says.`,
    EXIT.conflict,
    { conflicts: strayed },
  );
}

/** "changed meanwhile by amina, 2026-11-23 10:32 UTC" */
export function changedMeanwhile({ by, at }: Pick<Strayed, "by" | "at">): string {
  const who = by === null ? "" : ` by ${oneLine(by)}`;
  return `changed meanwhile${who}${at === null ? "" : `, ${moment(at)}`}`;
}
