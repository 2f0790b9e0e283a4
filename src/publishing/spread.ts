/** Until KV shows a change everywhere: 60 s of its own, and 30 s that a reader may keep a copy. */
export const SPREAD_MS = 90_000;

/** For how long a Relay goes by a document that KV has not taken; it is told again well before. */
export const UNWRITTEN_HOLD_MS = 24 * 60 * 60_000;

/** Two times that belong together may have been read that far apart. */
export const CLOCKS_MS = 5_000;
