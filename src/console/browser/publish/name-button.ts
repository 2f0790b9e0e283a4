const SEEN = "Publish";
const UNSEEN = "Publish without looking";
const DESPITE = "Publish all the same";

/**
 * The publish button says whether what changes was seen, for exactly the text that would be published, and
 * before that, whether the text has errors. Until it was seen the button that shows it stands out.
 */
export function nameButton(): void {
  const form = document.querySelector<HTMLFormElement>("form#publish");
  const changes = document.getElementById("changes");
  const button = document.getElementById("publish-button");
  const look = document.getElementById("look-button");
  if (form === null || changes === null || button === null) return;
  let seen: string | null = null;

  const name = (): void => {
    const isSeen = seen !== null && seen === textIn(form);
    button.textContent = form.hasAttribute("data-errors") ? DESPITE : isSeen ? SEEN : UNSEEN;
    button.classList.toggle("main", isSeen);
    look?.classList.toggle("main", !isSeen);
  };

  document.addEventListener("htmx:afterSwap", (event) => {
    if (!(event instanceof CustomEvent) || event.target !== changes) return;
    const { requestConfig } = event.detail as Swapped;
    const isSeen = changes.querySelector("[data-seen]") !== null;
    const text = requestConfig.parameters["text"];
    seen = isSeen && typeof text === "string" ? text : null;
    name();
  });
  form.addEventListener("causeway:document", name);
}

type Swapped = { requestConfig: { parameters: Record<string, unknown> } };

function textIn(form: HTMLFormElement): string | null {
  const text = new FormData(form).get("text");
  return typeof text === "string" ? text : null;
}
