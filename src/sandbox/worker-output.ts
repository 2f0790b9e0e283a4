/** What wrangler puts before a warning or an error. */
const LABEL = /^\S*\s*\[(ERROR|WARNING)\]\s*/;

/**
 * Reads what `wrangler dev` prints and hands on what matters, a line each: the Worker's log objects, which wrangler
 * spreads over several lines and decorates, and errors with what is indented below them. Everything else is noise.
 */
export function workerOutput(write: (line: string) => void): (chunk: string) => void {
  let rest = "";
  let object: string[] | undefined;
  let indent = "";
  let inError = false;

  function take(raw: string): void {
    const plain = raw.trimEnd();
    const label = LABEL.exec(plain);
    const line = plain.replace(LABEL, "");
    if (object !== undefined) {
      if (line.trim() !== "") object.push(line.trim());
      // Wrangler indents what it labels: an object ends where its own closing brace stands.
      if (line === `${indent}}`) {
        write(object.join(" "));
        object = undefined;
      }
    } else if (line.startsWith("{")) {
      inError = false;
      if (line.endsWith("}")) write(line);
      else {
        object = [line];
        indent = label === null ? "" : "  ";
      }
    } else if (label?.[1] === "ERROR" || line.startsWith("[wrangler:error]")) {
      inError = true;
      write(line);
    } else if (inError && (line === "" || line.startsWith(" "))) {
      if (line !== "") write(line);
    } else {
      inError = false;
    }
  }

  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  };
}
