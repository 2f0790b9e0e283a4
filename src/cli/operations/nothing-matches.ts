/** What an empty list says: what was asked for, by options, or that there is nothing at all. */
export function nothingMatches(
  asked: Record<string, string | undefined>,
  nothingAtAll: string,
): string {
  const options = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${/^[\w.:/@+-]+$/.test(value) ? value : `"${value}"`}`],
  );
  return options.length === 0 ? nothingAtAll : `Nothing matches ${options.join(" ")}.`;
}
