import { momentInWords } from "../../moment-in-words.ts";

const EACH_MS = 20_000;
const MOMENTS = "time[data-now]";

/** "2 minutes ago" goes on while the page stands: by the server's clock, which may not be the browser's. */
export function keepTime(): void {
  const skew = new WeakMap<Element, number>();
  const note = (root: ParentNode): void => {
    const now = Date.now();
    for (const moment of root.querySelectorAll<HTMLTimeElement>(MOMENTS)) {
      if (!skew.has(moment)) skew.set(moment, now - Number(moment.dataset["now"]));
    }
  };

  note(document);
  document.addEventListener("htmx:load", ({ target }) => {
    if (target instanceof Element) note(target);
  });
  setInterval(() => {
    const now = Date.now();
    for (const moment of document.querySelectorAll<HTMLTimeElement>(MOMENTS)) {
      const at = Date.parse(moment.dateTime);
      const words = momentInWords(at - (now - (skew.get(moment) ?? 0)));
      if (moment.textContent !== words) moment.textContent = words;
    }
  }, EACH_MS);
}
