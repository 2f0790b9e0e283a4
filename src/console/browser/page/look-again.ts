import htmx from "htmx.org";
import { waitOf } from "./pace.ts";

const TICK_MS = 1_000;
/** What the server writes at an element that looks again: the seconds between two looks while there is news. */
const SECONDS = "data-look-again";
const LOOKS = `[${SECONDS}]`;
/** Tells the Worker that nobody pressed anything. */
const HEADER = "causeway-look";
/** "none" in an answer: what it has in it differs from what there was in nothing that anybody waits for. */
const NEWS = "causeway-news";

/** Whether a part of the page looked by itself for what is new. */
export function looksByItself(element: Element): boolean {
  return element.hasAttribute(SECONDS);
}

/**
 * Parts that look again by themselves (`data-look-again`, a number of seconds): only while somebody looks at
 * the page, never under the hands of somebody who types in what would be replaced, seldomer the longer
 * nothing is new, and at last not until somebody asks for it. The answer 204 is no news either.
 */
export function lookAgain(): void {
  const over = document.getElementById("looked-enough");
  const looked = new WeakMap<Element, number>();
  let newsAt = Date.now();

  const tick = (): void => {
    const now = Date.now();
    const parts = [...document.querySelectorAll<HTMLElement>(LOOKS)];
    if (over !== null) over.hidden = parts.length === 0 || waitOf(0, now - newsAt) !== null;
    if (document.hidden) return;
    for (const part of parts) {
      // A part that has just come is as of now.
      if (!looked.has(part)) looked.set(part, now);
      const waitMs = waitOf(Number(part.getAttribute(SECONDS)) * 1_000, now - newsAt);
      if (waitMs === null || now - (looked.get(part) ?? now) < waitMs) continue;
      if (part.classList.contains("htmx-request") || isTypingIn(part)) continue;
      looked.set(part, now);
      htmx.trigger(part, "look-again");
    }
  };

  setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", tick);
  document.addEventListener("htmx:configRequest", (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { elt, headers } = event.detail as { elt: Element; headers: Record<string, string> };
    if (looksByItself(elt)) headers[HEADER] = "again";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { xhr } = event.detail as { xhr: XMLHttpRequest };
    if (xhr.getResponseHeader(NEWS) !== "none") newsAt = Date.now();
  });
  over?.querySelector("button")?.addEventListener("click", () => {
    newsAt = Date.now();
    for (const part of document.querySelectorAll(LOOKS)) looked.set(part, 0);
    tick();
  });
}

/** A part replaces itself, or what its `hx-target` names. */
function isTypingIn(part: Element): boolean {
  const named = part.getAttribute("hx-target");
  const target = (named === null ? null : document.querySelector(named)) ?? part;
  const active = document.activeElement;
  return active !== null && target.contains(active) && active.matches("input, textarea, select");
}
