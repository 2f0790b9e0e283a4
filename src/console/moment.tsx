const UNITS: [ms: number, one: string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** When something was or will be, in words; the exact time in UTC behind them. Both in milliseconds. */
export function Moment({ at, now }: { at: number; now: number }) {
  const iso = new Date(at).toISOString();
  return (
    <time datetime={iso} title={`${iso.slice(0, 19).replace("T", " ")} UTC`}>
      {inWords(at - now)}
    </time>
  );
}

function inWords(ms: number): string {
  const [unit, one] = UNITS.find(([each]) => Math.abs(ms) >= each) ?? [0, ""];
  if (unit === 0) return "just now";
  const count = Math.floor(Math.abs(ms) / unit);
  const span = `${count} ${one}${count === 1 ? "" : "s"}`;
  return ms < 0 ? `${span} ago` : `in ${span}`;
}
