/** An ISO time as the person's own clock shows it: `2026-11-22 19:30:40`. */
export function localTime(iso: string): string {
  // Swedish dates are written year first.
  return new Date(iso).toLocaleString("sv-SE");
}
