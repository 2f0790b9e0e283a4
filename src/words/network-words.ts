/** Why a request was not answered: `it did not answer within 30 s`, or the network's own words. */
export function networkWords(error: unknown, patienceMs: number): string {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return `it did not answer within ${patienceMs / 1000} s`;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || String((cause as NodeJS.ErrnoException).code ?? cause.name);
}
