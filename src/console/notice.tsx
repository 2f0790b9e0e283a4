import type { Child } from "hono/jsx";

/** What is said of something that was done: `good` it was, `bad` it was refused, `info` neither. */
export type Said = { kind: "good" | "bad" | "info"; text: string };

/** What was just done, or why not, read out when the page comes. */
export function Notice({ said, children }: { said: Said; children?: Child }) {
  return (
    <div class={`notice ${said.kind}`} role={said.kind === "bad" ? "alert" : "status"}>
      <p>{said.text}</p>
      {children}
    </div>
  );
}
