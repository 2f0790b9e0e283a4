/** The address of a page that is asked something; what is empty is not asked. */
export function askedAt(page: string, asked: Record<string, string>): string {
  const given = Object.entries(asked).filter(([, value]) => value !== "");
  const query = new URLSearchParams(given).toString();
  return query === "" ? page : `${page}?${query}`;
}
