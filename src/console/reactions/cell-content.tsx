import type { Child } from "hono/jsx";
import { channelHref } from "./cell-href.ts";

/** One cell of the matrix as a page of its own. */
export function CellContent({ channel, children }: { channel: string; children: Child }) {
  return (
    <>
      <p class="row">
        <a href="/admin/reactions">All channels</a>
        <a href={channelHref(channel)}>All of this channel</a>
      </p>
      <section class="card">
        <div class="cell">{children}</div>
      </section>
    </>
  );
}
