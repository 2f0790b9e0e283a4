/** `a, b and c`, or with another word before the last. */
export function named(names: string[], before: "and" | "or" = "and"): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} ${before} ${names.at(-1)}`;
}
