/** A form that is on its way is not sent again by a second press, as long as the page is not left. */
export function sendOnce(): void {
  const sent = new Set<HTMLFormElement>();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // What a script sends instead says itself what may be pressed meanwhile.
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    if (form.method === "get") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    // Afterwards: what was pressed is part of what is sent.
    setTimeout(() => setDisabled(form, true));
  });
  // The browser brings a page back as it was left.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    for (const form of sent) setDisabled(form, false);
    sent.clear();
  });
}

const BEFORE = "data-sending";

function setDisabled(form: HTMLFormElement, isSending: boolean): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button")) {
    if (isSending && !button.disabled) {
      button.disabled = true;
      button.setAttribute(BEFORE, "");
    } else if (!isSending && button.hasAttribute(BEFORE)) {
      button.disabled = false;
      button.removeAttribute(BEFORE);
    }
  }
}
