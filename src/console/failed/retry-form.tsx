import type { Child } from "hono/jsx";

/** Which failed messages are sent again; what is left out is any. */
export type Meant = { destination?: string; cause?: string; id?: string };

/** The button (`id`) that sends failed messages again. `back`: the page to come back to. */
export function RetryForm(props: {
  meant: Meant;
  back: string;
  main?: boolean;
  id?: string;
  children: Child;
}) {
  const { meant, back, main = false, id, children } = props;
  return (
    <form method="post" action="/admin/failed/retry">
      {Object.entries(meant).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="back" value={back} />
      <button id={id} class={main ? "main" : ""}>
        {children}
      </button>
    </form>
  );
}
