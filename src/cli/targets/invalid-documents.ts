import { documentProblems } from "../../publishing/document-problems.ts";
import { firstFew } from "../../words/first-few.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/** A document that nobody could use, and why. */
export type InvalidDocument = { key: string; path: string; message: string };

/** What is wrong with documents, as the Worker would say it; null texts are removals. */
export function invalidDocuments(
  documents: { key: string; text: string | null }[],
): InvalidDocument[] {
  return documents.flatMap(({ key, text }) =>
    documentProblems(key, text).map((problem) => ({ key, ...problem })),
  );
}

const NAMED = 30;

/** Why nothing was published: what is wrong with each document. */
export function invalid(problems: InvalidDocument[]): Refusal {
  const lines = problems.map(
    ({ key, path, message }) => `  ${key}: ${path === "" ? "" : `${path}: `}${message}`,
  );
  const shown = firstFew(lines, NAMED, (more) => `  and ${more} more`).join("\n");
  return new Refusal(
    "invalid",
    `Nothing was published: it could not be used.\n${shown}`,
    EXIT.found,
    { problems },
  );
}
