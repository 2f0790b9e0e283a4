import { EXIT, Refusal } from "./terminal/refusal.ts";

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 };

/**
 * The moment (milliseconds) that `--since` names: so long ago (`30m`, `24h`, `7d`), or a date or time
 * such as 2026-11-22 or 2026-11-22T19:30. Throws a {@link Refusal} when it is none.
 */
export function since(text: string, now: number): number {
  const [, number, unit = ""] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (number !== undefined) return now - Number(number) * (UNITS[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (at <= now) return at;
  const expected = "expected how long ago, such as 30m, 24h or 7d, or a date such as 2026-11-22";
  throw new Refusal(
    "bad_since",
    at > now ? `--since ${text} is still to come.` : `--since is "${text}"; ${expected}.`,
    EXIT.usage,
  );
}
