/** Every text of a message's blocks. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "text" && typeof inner === "string" ? [inner] : textsIn(inner),
  );
}

/** Every text object in mrkdwn, in which Slack makes mentions of names unless it is verbatim. */
export function mrkdwnIn(value: unknown): object[] {
  if (value === null || typeof value !== "object") return [];
  const inner = Object.values(value).flatMap(mrkdwnIn);
  return "type" in value && value.type === "mrkdwn" ? [value, ...inner] : inner;
}
