/** What the keys of destinations begin with. */
export const DESTINATIONS = "destination/";

/** The key of a destination's document. */
export function destinationKey(name: string): string {
  return DESTINATIONS + name;
}
