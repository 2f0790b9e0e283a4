/** Makes the key of a new document of the name that somebody types. */
export function nameDocument(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>('input[name="key"][data-prefix]');
  const name = form.querySelector<HTMLInputElement>("#name");
  if (key === null || name === null) return;
  const follow = (): void => {
    key.value = `${key.dataset["prefix"] ?? ""}${name.value.trim()}`;
    key.dispatchEvent(new Event("input", { bubbles: true }));
  };
  name.addEventListener("input", follow);
  // The browser may have kept what was typed before.
  if (name.value !== name.defaultValue) follow();
}

/** Whether a key says already which document it is of. */
export function isNamed(key: string): boolean {
  return !key.endsWith("/");
}
