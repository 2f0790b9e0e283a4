/** The first lines of many, and one that says how many more there are. */
export function firstFew(
  lines: string[],
  most: number,
  others = (more: number) => `and ${more} more`,
): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), others(more)] : lines;
}
