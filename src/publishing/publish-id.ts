/** What an id of a publish looks like; it is part of a KV key and of an address. */
export const PUBLISH_ID = /^\d{8}T\d{6}Z-[0-9a-z]{6}$/;

const RANDOM_DIGITS = 4;

/**
 * An id for a publish made at `now` (milliseconds): `20261123T065510Z-0k3f9x`. Ids sort by time, to the
 * millisecond, which is what the first two characters behind the dash are. `random` is from [0, 1).
 */
export function publishId(now: number, random: number): string {
  const [second = "", milliseconds = ""] = new Date(now).toISOString().split(".");
  const fraction = parseInt(milliseconds, 10).toString(36).padStart(2, "0");
  const chance = Math.floor(random * 36 ** RANDOM_DIGITS).toString(36);
  return `${second.replace(/[-:]/g, "")}Z-${fraction}${chance.padStart(RANDOM_DIGITS, "0")}`;
}
