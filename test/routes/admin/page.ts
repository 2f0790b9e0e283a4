const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

function decoded(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** What a page says, without its tags, in one line. */
export function textOf(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, "")).replace(/\s+/g, " ");
}

/** What a page says, with a space for each tag, and characters as the page writes them. */
export function wordsIn(html: string): string {
  return html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

/** A form of a page: what it would send without being touched, and the values of its named buttons. */
export type Form = {
  id: string | null;
  action: string | null;
  fields: Record<string, string>;
  buttons: string[];
};

/** The forms of a page, in their order. */
export function formsIn(html: string): Form[] {
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, head = "", body = ""]) => ({
    id: attribute(head, "id"),
    action: attribute(head, "action"),
    fields: Object.fromEntries(
      [...body.matchAll(/<input([^>]*)>/g)]
        .map(([, input = ""]) => input)
        .filter((input) => attribute(input, "type") !== "checkbox")
        .flatMap((input) => {
          const name = attribute(input, "name");
          return name === null ? [] : [[name, attribute(input, "value") ?? ""]];
        }),
    ),
    buttons: [...body.matchAll(/<button([^>]*)>/g)].flatMap(
      ([, button = ""]) => attribute(button, "value") ?? [],
    ),
  }));
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : decoded(found);
}
