import type { Publish } from "../../publishing/publish.ts";
import { counted } from "../../words/counted.ts";

/** How far a publish has come. It looks again by itself until KV has all of it. */
export function Spread({ publish }: { publish: Publish }) {
  const { id, total, written, problem } = publish;
  if (written === total) {
    return (
      <p id="spread">
        In use since it was published. KV has all of it ({counted(total, "document")}).
      </p>
    );
  }
  const documents = counted(total, "document");
  return (
    <div
      id="spread"
      hx-get={`/admin/history/${id}/spread`}
      hx-trigger="every 2s"
      hx-swap="outerHTML"
    >
      <p>
        In use already. KV is being written: {written} of {documents} so far
        {problem === null
          ? "."
          : `, and it does not go on: ${problem} It is tried again by itself.`}
      </p>
      <progress max={total} value={written} aria-label="Documents that KV has">
        {`${written} of ${total}`}
      </progress>
    </div>
  );
}
