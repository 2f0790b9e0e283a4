import type { Child } from "hono/jsx";

type SearchFormProps = {
  /** The page that is searched. */
  action: string;
  /** The part of that page that is what was found, and another that changes with it: by CSS. */
  part: string;
  also: string;
  /** How long nothing must have been typed before it looks. */
  delayMs: number;
  id?: string;
  class?: string;
  /** What stands below the fields and the button. */
  hint?: Child;
  /** Its fields. */
  children: Child;
};

/** A search that works by itself, and looks while one types; the page's address says what was asked. */
export function SearchForm(props: SearchFormProps) {
  const { action, part, also, delayMs, id, class: look, hint, children } = props;
  return (
    <form
      id={id}
      class={look === undefined ? "filters" : `filters ${look}`}
      role="search"
      method="get"
      action={action}
      hx-get={action}
      hx-trigger={`input delay:${delayMs}ms, submit`}
      hx-target={part}
      hx-select={part}
      hx-select-oob={also}
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-sync="this:replace"
    >
      {children}
      <button>Search</button>
      {hint}
    </form>
  );
}
