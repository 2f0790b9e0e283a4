/** What an option takes that may be given several times. */
export function repeated(given: string, before: string[] = []): string[] {
  return [...before, given];
}
