/**
 * Logs one thing that happened, as one line of JSON, so that Workers Logs indexes its fields.
 * Callers pass ids, names and codes; never a payload, a token, an address or a message's text.
 */
export function log(event: string, facts: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ event, ...facts }));
}

/** Logs something that a person should look at. The same rules as for {@link log}. */
export function warn(event: string, facts: Record<string, unknown> = {}): void {
  console.warn(JSON.stringify({ event, ...facts }));
}
