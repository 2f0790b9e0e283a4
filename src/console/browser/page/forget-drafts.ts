import { DRAFT_PREFIX, forgetSent } from "../editor/keep-draft.ts";

/**
 * What was published is no draft any more; and whoever signs out leaves nothing that they wrote to whoever
 * signs in next in this tab.
 */
export function forgetDrafts(): void {
  const published = new URLSearchParams(location.search).get("published");
  if (published !== null) forgetSent(published);
  document.addEventListener("submit", ({ target }) => {
    if (!(target instanceof HTMLFormElement)) return;
    if (new URL(target.action).pathname !== "/admin/sign-out") return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(DRAFT_PREFIX)) sessionStorage.removeItem(key);
    }
  });
}
