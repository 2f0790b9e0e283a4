type Field = HTMLInputElement | HTMLSelectElement;

/** What a text begins with for the kind of rules that is chosen; null: there is nothing to choose. */
export function startingTextOf(key: Field): string | null {
  return chosenIn(key)?.dataset["yaml"] ?? null;
}

/** Chooses the sample that belongs to it; what was received, pasted or looked for stays chosen. */
export function chooseSample(key: Field): void {
  const sample = chosenIn(key)?.dataset["sample"];
  const events = document.querySelector<HTMLSelectElement>("select#event");
  if (sample === undefined || events?.value.startsWith("sample:") !== true) return;
  events.value = `sample:${sample}`;
  events.dispatchEvent(new Event("input", { bubbles: true }));
}

function chosenIn(key: Field): HTMLOptionElement | undefined {
  return key instanceof HTMLSelectElement ? key.selectedOptions[0] : undefined;
}
