import { afterAPause } from "./after-a-pause.ts";
import { asker } from "./ask.ts";
import { chosenEvent, sample } from "./chosen-event.ts";
import { isNamed } from "./name-document.ts";

const PAUSE_MS = 300;
const BEFORE = "of the text before its mistakes";

/** The draft that is tried out: its key, and its text as JSON (null: it cannot be read). */
export type Draft = { key: string; json: string | null };

/** Shows what a draft would post, whenever it or the chosen event changes. */
export function showPreview(draft: () => Draft): { soon: () => void; now: () => void } | null {
  const place = document.getElementById("preview");
  const state = document.getElementById("preview-state");
  const choice = document.getElementById("event-choice");
  if (place === null || state === null || choice === null) return null;
  const ask = asker("/admin/try/preview");
  const alone = place.dataset["alone"] ?? "";
  /** Whether what is in its place was made of a text that could be used. */
  let isShown = false;
  const grey = (isOld: boolean): void => {
    place.classList.toggle("of-before", isOld);
  };

  const show = async (): Promise<void> => {
    const { key, json } = draft();
    if (json === null) {
      state.textContent = isShown ? BEFORE : "";
      grey(isShown);
      return;
    }
    if (!isNamed(key)) {
      state.textContent = "It appears when the document has a name.";
      return;
    }
    const chosen = await chosenEvent(key, json);
    if (chosen === null) {
      state.textContent = "The sample cannot be had.";
      return;
    }
    state.textContent = "Looking …";
    const asked = await ask({ key, text: json, alone, ...chosen });
    if ("stale" in asked) return;
    if ("problem" in asked) {
      state.textContent = asked.problem;
      return;
    }
    const html = await asked.answer.text();
    const isUsable = !saysUnusable(html);
    // A word that is half written would make the page jump.
    if (isUsable || !isShown) replace(place, html);
    else state.textContent = BEFORE;
    isShown ||= isUsable;
    grey(!isUsable && isShown);
    if (isUsable || !isShown) state.textContent = "";
  };

  const { soon, now } = afterAPause(PAUSE_MS, () => void show());
  choice.addEventListener("input", () => {
    follow(choice);
    soon();
  });
  if (alone !== "") offerToEdit(choice);
  follow(choice);
  return { soon, now };
}

function saysUnusable(html: string): boolean {
  const answer = document.createElement("template");
  answer.innerHTML = html;
  return answer.content.querySelector("[data-unusable]") !== null;
}

/** Shows the field that belongs to what is chosen. */
function follow(choice: HTMLElement): void {
  const chosen = choice.querySelector("select")?.value;
  document.getElementById("event-by-address")?.toggleAttribute("hidden", chosen !== "address");
  document.getElementById("event-pasted")?.toggleAttribute("hidden", chosen !== "paste");
}

/** In the playground a sample can be taken into the field of the payload, to change it. */
function offerToEdit(choice: HTMLElement): void {
  const select = choice.querySelector("select");
  const payload = choice.querySelector("textarea");
  if (select === null || payload === null) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Change this payload";
  const follows = (): void => {
    button.hidden = !select.value.startsWith("sample:");
  };
  button.addEventListener("click", () => {
    void sample(select.value.slice("sample:".length)).then((body) => {
      payload.value = body;
      select.value = "paste";
      select.dispatchEvent(new Event("input", { bubbles: true }));
      payload.setSelectionRange(0, 0);
      payload.focus();
      payload.scrollTop = 0;
    });
  });
  select.addEventListener("input", follows);
  select.after(button);
  follows();
}

/** Puts the answer in its place; what was unfolded stays so. */
function replace(place: HTMLElement, html: string): void {
  const open = new Set(
    Array.from(
      place.querySelectorAll<HTMLElement>("details[open]"),
      ({ dataset }) => dataset["keepOpen"],
    ),
  );
  place.innerHTML = html;
  for (const details of place.querySelectorAll("details")) {
    details.open = open.has(details.dataset["keepOpen"]);
  }
}
