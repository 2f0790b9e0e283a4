import type { Publish } from "../../publishing/publish.ts";
import { counted } from "../../words/counted.ts";
import { lookAgain } from "../look-again.ts";

/** How far a publish has come. It looks again by itself until KV has all of it. */
export function Spread({ publish }: { publish: Publish }) {
  const { id, total, written, problem } = publish;
  if (written === total) {
    return (
      <p id="spread">In use since it was published, and stored ({counted(total, "document")}).</p>
    );
  }
  const documents = counted(total, "document");
  return (
    <div
      id="spread"
      hx-get={`/admin/history/${id}/spread`}
      hx-vals={JSON.stringify({ seen: spreadTag(publish) })}
      {...lookAgain("publish")}
      hx-swap="outerHTML"
    >
      <p>
        In use already. It is being stored: {written} of {documents} so far
        {problem === null
          ? "."
          : `, and it does not go on: ${problem} It is tried again by itself.`}
      </p>
      <progress max={total} value={written} aria-label="Documents that are stored">
        {`${written} of ${total}`}
      </progress>
    </div>
  );
}

/** Differs whenever something else is to be shown. */
export function spreadTag({ written, total, problem }: Publish): string {
  return `${written}/${total} ${problem ?? ""}`;
}
