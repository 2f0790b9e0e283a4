/** A time span as people say it: `42 s`, `7 min 1 s`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [minutes, hours, days] = [60, 3_600, 86_400].map((unit) => Math.floor(whole / unit)) as [
    number,
    number,
    number,
  ];
  if (days > 0) return parts(days, "d", hours % 24, "h");
  if (hours > 0) return parts(hours, "h", minutes % 60, "min");
  if (minutes > 0) return parts(minutes, "min", whole % 60, "s");
  return `${whole} s`;
}

function parts(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
