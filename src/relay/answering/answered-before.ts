/**
 * How records begin of what was not answered because of what had been said before: memory that only
 * the Relay had at that moment, which rules cannot tell again.
 */
const BEGINNINGS = [
  "answered already: ",
  "keeps quiet for a while: ",
  "its issue was made before",
  "its issue is about to be made",
  "it is on one of Causeway's own answers",
  "the reaction was taken back before it was answered",
];

/** Whether a record's reason is that something was said before; the same event alone does not show it. */
export function isAnsweredBefore(reason: string | null): boolean {
  return reason !== null && BEGINNINGS.some((beginning) => reason.startsWith(beginning));
}
