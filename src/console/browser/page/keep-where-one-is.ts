/**
 * Pages that look again by themselves (`hx-trigger="every …"`) do so only while somebody looks at them,
 * and never under the hands of somebody who is typing in the part that would be replaced.
 */
export function keepWhereOneIs(): void {
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { elt, target, requestConfig } = event.detail as Request;
    const trigger = elt.getAttribute("hx-trigger") ?? "";
    if (!trigger.includes("every ") || requestConfig.triggeringEvent !== undefined) return;
    if (document.hidden || isTypingIn(target)) event.preventDefault();
  });
}

type Request = {
  elt: Element;
  target: Element;
  requestConfig: { triggeringEvent?: Event };
};

function isTypingIn(target: Element): boolean {
  const active = document.activeElement;
  return active !== null && target.contains(active) && active.matches("input, textarea, select");
}
