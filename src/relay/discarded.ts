const GIVEN_UP = "given up by ";
/** How it was said before; it may still be stored. */
const DISCARDED = "discarded by ";

/** What a delivery says that a person gave up while it waited, and why. */
export function discardedBy(by: string, why: string): string {
  return `${GIVEN_UP}${by}: ${why}`;
}

/** Whether that is why nothing was sent. */
export function isDiscarded(reason: string | null): boolean {
  return [GIVEN_UP, DISCARDED].some((said) => reason?.startsWith(said) === true);
}
