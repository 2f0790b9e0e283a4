const DISCARDED = "discarded by ";

/** What a delivery says that a person gave up while it waited, and why. */
export function discardedBy(by: string, why: string): string {
  return `${DISCARDED}${by}: ${why}`;
}

/** Whether that is why nothing was sent. */
export function isDiscarded(reason: string | null): boolean {
  return reason?.startsWith(DISCARDED) === true;
}
