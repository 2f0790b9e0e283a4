/** So far from the top (pixels) nobody has begun to read further down. */
const AT_THE_TOP = 40;

/**
 * Shows new events by itself while somebody watches the top of the list. Whoever reads further down, has
 * marked something or stands on a row keeps what is there, and the bar that says what is new.
 */
export function showNewAtTheTop(): void {
  document.addEventListener("htmx:oobAfterSwap", () => {
    const link = document.querySelector<HTMLElement>("#newer a");
    if (link !== null && isWatching()) link.click();
  });
}

function isWatching(): boolean {
  const active = document.activeElement;
  const isBusy =
    (active !== null && document.getElementById("list")?.contains(active) === true) ||
    document.getSelection()?.isCollapsed === false;
  return window.scrollY < AT_THE_TOP && !isBusy;
}
