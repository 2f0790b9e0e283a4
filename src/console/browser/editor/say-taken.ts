/** Says below the name of a new document that there is one of that name already, and leads to it. */
export function sayTaken(key: string, isTaken: boolean): void {
  const place = document.getElementById("name-taken");
  const link = place?.querySelector("a");
  const name = place?.querySelector("[data-name]");
  if (place == null || link == null || name == null) return;
  if (isTaken) {
    name.textContent = document.querySelector<HTMLInputElement>("#name")?.value.trim() ?? key;
    link.href = `/admin/documents?key=${encodeURIComponent(key)}`;
  }
  place.hidden = !isTaken;
}
