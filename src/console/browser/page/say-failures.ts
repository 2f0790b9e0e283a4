import { hasTyped } from "./has-typed.ts";
import { looksByItself } from "./look-again.ts";

/** What every answer of the console's has, and none of a proxy's before it. */
const OURS = "causeway-console";

type Answered = { xhr: XMLHttpRequest; elt: Element };

/**
 * Says in the page's own place for news what could not be asked or was not answered by Causeway, until
 * something is again. Nothing that is not ours comes into the page, and nothing that somebody wrote is
 * left for the sign-in page.
 */
export function sayFailures(): void {
  const news = document.getElementById("news");
  if (news === null) return;

  const say = (text: string, link: HTMLAnchorElement): void => {
    // Read out once, and not at each look.
    if (news.hidden || news.firstChild?.textContent !== `${text} `) {
      news.replaceChildren(`${text} `, link);
    }
    news.hidden = false;
  };

  document.addEventListener("htmx:configRequest", (event) => {
    if (!(event instanceof CustomEvent)) return;
    // Cloudflare Access answers these with 401, and not with a way to its own page.
    const { headers } = event.detail as { headers: Record<string, string> };
    headers["X-Requested-With"] = "XMLHttpRequest";
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { elt } = event.detail as Answered;
    say(
      `Causeway cannot be reached, or your sign-in has ended. ${whatNow(elt)}`,
      hasTyped() ? inAnotherTab(signIn(), "Look in another tab") : linkTo(location.href),
    );
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { xhr, elt } = event.detail as Answered;
    const isOurs = xhr.getResponseHeader(OURS) !== null;
    if (xhr.status === 401 && hasTyped()) {
      event.preventDefault();
      say(
        "Your session has ended. What you wrote stays here.",
        inAnotherTab(signIn(), "Sign in in another tab"),
      );
    } else if (xhr.status === 401 && !isOurs) {
      event.preventDefault();
      location.reload();
    } else if (!isOurs || (xhr.status >= 500 && looksByItself(elt))) {
      event.preventDefault();
      const whose = isOurs
        ? "Causeway made a mistake"
        : `An answer did not come from Causeway (HTTP ${xhr.status})`;
      say(
        `${whose}. ${whatNow(elt)}`,
        hasTyped() ? inAnotherTab(signIn(), "Look in another tab") : linkTo(location.href),
      );
    } else {
      news.hidden = true;
    }
  });
}

function whatNow(elt: Element): string {
  return looksByItself(elt)
    ? "What you see may be old; it is tried again."
    : "It is not tried again by itself: press the button again, or load this page again.";
}

/** Leads back to this page, also for somebody who is still signed in. */
function signIn(): string {
  const back = location.pathname + location.search;
  return `/admin/sign-in?${new URLSearchParams({ back }).toString()}`;
}

function linkTo(href: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = "Load this page again";
  return link;
}

function inAnotherTab(href: string, text: string): HTMLAnchorElement {
  const link = linkTo(href);
  link.target = "_blank";
  link.textContent = text;
  return link;
}
