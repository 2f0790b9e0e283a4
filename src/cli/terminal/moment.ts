// Swedish dates are written year first.
const YEAR_FIRST = "sv-SE";

/** An ISO time as the person's own clock shows it, to the second: "2026-11-22 19:30:40". */
export function second(iso: string): string {
  return new Date(iso).toLocaleString(YEAR_FIRST);
}

/** The same to the minute, for columns whose head names the {@link zone}: "2026-11-22 19:30". */
export function minute(iso: string): string {
  return second(iso).slice(0, -3);
}

/** The same within a sentence, which has to name the clock: "2026-11-22 19:30 GMT+1". */
export function moment(iso: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZoneName: "short" });
  const name = parts.formatToParts(new Date(iso)).find(({ type }) => type === "timeZoneName");
  return `${minute(iso)} ${name?.value ?? zone()}`;
}

/** Whose clock it is: "Europe/Berlin". */
export function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
