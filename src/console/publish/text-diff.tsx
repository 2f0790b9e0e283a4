import { shownText } from "../../publishing/shown-text.ts";
import { unifiedDiff } from "../../publishing/unified-diff.ts";

/** More than this nobody reads, and a page has to arrive. */
const MAX_LINES = 400;

/** The lines of a document that differ, as YAML without addresses; null is no document. */
export function TextDiff(props: { before: string | null; after: string | null; label: string }) {
  const lines = unifiedDiff(shownText(props.before), shownText(props.after));
  if (lines.length === 0) return <p class="soft">As YAML it reads the same.</p>;
  return (
    // A region that scrolls can be reached with the keyboard.
    <pre class="diff" tabindex={0} role="region" aria-label={props.label}>
      {lines.slice(0, MAX_LINES).map(lineOf)}
      {lines.length > MAX_LINES ? (
        <span>{`… and ${lines.length - MAX_LINES} more lines\n`}</span>
      ) : null}
    </pre>
  );
}

function lineOf(line: string) {
  if (line.startsWith("+")) return <ins>{`${line}\n`}</ins>;
  if (line.startsWith("-")) return <del>{`${line}\n`}</del>;
  if (line.startsWith("@@")) return <span class="soft">{`${line}\n`}</span>;
  return <span>{`${line}\n`}</span>;
}
