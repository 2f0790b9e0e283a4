/**
 * Every event of a run has a number of nine digits. It stands in the title (and so in the
 * Slack message), its iid and its URL; one number is never sent twice.
 */
export const FIRST_NUMBER = 100_000_000;
export const NUMBER_DIGITS = 9;
/** What precedes the number in a title, by which the sink finds it. */
export const NUMBER_PREFIX = "bench-";
