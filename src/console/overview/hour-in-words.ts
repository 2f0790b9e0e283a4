/** When an hour began, in UTC: `14:00`. */
export function hourInWords(hour: number): string {
  return new Date(hour).toISOString().slice(11, 16);
}
