/**
 * Every event of a run has a number of nine digits. It stands in the title (and so in the
 * Slack message), its iid and its URL; one number is never sent twice.
 */
export const FIRST_NUMBER = 100_000_000;
export const NUMBER_DIGITS = 9;
/** What precedes the number in a title, by which the sink finds it. */
export const NUMBER_PREFIX = "bench-";

/** The project that all events belong to which are not spread over several. */
export const PROJECT = "cmoc-handover";

/** One of several projects, with as many characters: all bodies have the same length. */
export function projectName(index: number): string {
  return `project-${String(index).padStart(PROJECT.length - "project-".length, "0")}`;
}
