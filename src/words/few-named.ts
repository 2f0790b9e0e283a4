/** The first names of many, and how many more there are: `a, b and 5 more`. */
export function fewNamed(names: string[], most: number): string {
  const more = names.length - most;
  const first = names.slice(0, most).join(", ");
  return more > 0 ? `${first} and ${more} more` : first;
}
