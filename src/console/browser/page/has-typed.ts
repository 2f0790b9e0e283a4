/** Fields that somebody wrote in since the page came. */
const written = new Set<Element>();

/** Remembers where somebody writes; what only asks for a page (a search) is nothing to be lost. */
export function watchTyping(): void {
  document.addEventListener("input", ({ target, isTrusted }) => {
    if (!isTrusted || !(target instanceof Element)) return;
    if (target.closest("form")?.method !== "get") written.add(target);
  });
}

/** Whether the page has something that somebody wrote and that would be lost with it. */
export function hasTyped(): boolean {
  return [...written].some((field) => field.isConnected && !isAsItCame(field));
}

function isAsItCame(field: Element): boolean {
  return (
    (field instanceof HTMLInputElement &&
      field.value === field.defaultValue &&
      field.checked === field.defaultChecked) ||
    (field instanceof HTMLTextAreaElement && field.value === field.defaultValue)
  );
}
