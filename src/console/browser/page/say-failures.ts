/** Says in the page's own place for news that the Worker cannot be reached, until it can be again. */
export function sayFailures(): void {
  const news = document.getElementById("news");
  if (news === null) return;
  document.addEventListener("htmx:sendError", () => {
    news.textContent = "Causeway cannot be reached. What you see may be old; it is tried again.";
    news.hidden = false;
  });
  document.addEventListener("htmx:afterOnLoad", () => {
    news.hidden = true;
  });
}
