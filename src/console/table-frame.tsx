import type { Child } from "hono/jsx";

/**
 * The frame of a table in which nothing can be focused: where it is wider than the screen, the frame is,
 * so that one scrolls it from the keyboard. `label`: what the table is.
 */
export function TableFrame({ label, children }: { label: string; children: Child }) {
  return (
    <div class="table" role="group" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}
