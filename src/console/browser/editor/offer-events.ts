let asked = "";

/** Offers the events that a document of this key could have to do with; what was chosen stays so if it can. */
export async function offerEvents(key: string): Promise<void> {
  const select = document.querySelector<HTMLSelectElement>("select#event");
  if (select === null) return;
  asked = key;
  try {
    const answer = await fetch(`/admin/documents/events?key=${encodeURIComponent(key)}`);
    if (!answer.ok || answer.redirected) return;
    const options = await answer.text();
    // Another key may have been written meanwhile.
    if (asked !== key) return;
    const { value } = select;
    const isReceived = !/^(sample:|address$|paste$)/.test(value);
    select.innerHTML = options;
    const same = Array.from(select.options).find((option) => option.value === value);
    if (same !== undefined && !isReceived) same.selected = true;
  } catch {
    // The events that are offered already can be chosen.
  }
}
