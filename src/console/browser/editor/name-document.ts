import { GITLAB_MAPPINGS } from "../../../mappings/mapping-keys.ts";
import { pathOfAddress } from "./path-of-address.ts";

/** Makes the key of a new document of the name that somebody types; a pasted address becomes its path. */
export function nameDocument(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>('input[name="key"][data-prefix]');
  const name = form.querySelector<HTMLInputElement>("#name");
  if (key === null || name === null) return;
  const prefix = key.dataset["prefix"] ?? "";
  const follow = (event?: Event): void => {
    // Who writes an address by hand has not come to its end.
    const isTyped = event instanceof InputEvent && event.data?.length === 1;
    const path = prefix === GITLAB_MAPPINGS && !isTyped ? pathOfAddress(name.value.trim()) : null;
    if (path !== null) name.value = path;
    key.value = `${prefix}${name.value.trim()}`;
    key.dispatchEvent(new Event("input", { bubbles: true }));
  };
  name.addEventListener("input", follow);
  name.addEventListener("change", follow);
  // The browser may have kept what was typed before.
  if (name.value !== name.defaultValue) follow();
}

/** Whether a key says already which document it is of. */
export function isNamed(key: string): boolean {
  return !key.endsWith("/");
}
