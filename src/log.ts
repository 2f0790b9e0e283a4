/**
 * Logs one thing that happened, as one line of JSON, so that Workers Logs indexes its fields.
 * Callers pass ids, names and codes; never a payload, a token, an address or a message's text.
 */
export function log(event: string, facts: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ event, ...facts }));
}

/** Whatever was thrown, with the way it took through our code where it is known. */
export function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Logs something that a person should look at. The same rules as for {@link log}. */
export function warn(event: string, facts: Record<string, unknown> = {}): void {
  console.warn(JSON.stringify({ event, ...facts }));
}
