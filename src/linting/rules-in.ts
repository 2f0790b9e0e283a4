/** What stands in the list of rules of a mapping document, whatever it is; nothing where there is no list. */
export function rulesIn(text: string): unknown[] {
  const { rules } = Object(parsed(text)) as { rules?: unknown };
  return Array.isArray(rules) ? rules : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
