const TEMPLATE = /\{\{([^{}]*)\}\}/g;

/**
 * A template as it reads at a glance: `{{ event.author | mention }}, please …` → "‹author›, please …".
 * Not in braces, or people would type them: Slack would show those as they are.
 */
export function templateInBrief(text: string): string {
  return text.replace(TEMPLATE, (_all, inside: string) => `‹${fieldIn(inside)}›`);
}

/** A field of the event says enough here, without what is done with it. */
function fieldIn(inside: string): string {
  const [field = ""] = inside.replace(/^-|-$/g, "").split("|");
  return field.trim().replace(/^event\./, "");
}
