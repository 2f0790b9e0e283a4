/** What Cloudflare bills or limits, all objects of a Worker together. */
const COUNTED = [
  /** Requests to the Worker. */
  "requests",
  /** Calls of Durable Objects (each is billed as a request): `accept`, `resume`, and all others. */
  "accepts",
  "resumes",
  "otherCalls",
  /** Alarms that went off: each is billed as a request to the object. */
  "alarms",
  /** Objects that were made anew: after an eviction they read what they need. */
  "starts",
  /** Wall-clock time in which an object had something under way: what "duration" is billed for. */
  "activeMs",
  /** Rows of SQL statements, index rows included. */
  "rowsWritten",
  "rowsRead",
  /** Calls of `setAlarm`: each is billed as one row written, and is not in `rowsWritten`. */
  "alarmsSet",
  /** Calls of the key-value storage API, which writes rows that `rowsWritten` does not see. */
  "otherWrites",
  /** Keys read from KV, by what they hold; absent ones count. */
  "mappingReads",
  "destinationReads",
  "personReads",
  "kvLists",
  "kvWrites",
  /** Requests to Slack. */
  "outgoing",
  /** Lines that the Worker logs, and their bytes. */
  "logLines",
  "logBytes",
] as const;

export type Counts = Record<(typeof COUNTED)[number], number>;

const counts = Object.fromEntries(COUNTED.map((what) => [what, 0])) as Counts;

export function count(what: keyof Counts, by = 1): void {
  counts[what] += by;
}

/** The sums since the Worker started. */
export function countsSoFar(): Counts {
  return { ...counts };
}
