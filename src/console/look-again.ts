/** What looks again by itself, and after how many seconds while there is news. docs/scaling.md says what it costs. */
export const LOOKS = {
  overview: 15,
  "overview that is counted": 2,
  events: 3,
  "event that waits": 2,
  retry: 2,
  publish: 2,
  editor: 20,
} as const;

/**
 * Attributes of a part that asks for itself (`hx-get`) again and again: seldomer the longer there is no news.
 * None is an answer 204, or one that has {@link NO_NEWS}.
 */
export function lookAgain(part: keyof typeof LOOKS) {
  return { "hx-trigger": "look-again", "data-look-again": LOOKS[part] };
}

/** The header of an answer that brings a part up to date, and nothing that anybody waits for. */
export const NO_NEWS = { "causeway-news": "none" };
