import type { Context } from "../context.ts";
import { counted } from "../../words/counted.ts";
import { EXIT } from "../terminal/refusal.ts";
import type { Report } from "../verb.ts";
import type { Note } from "./draft.ts";
import type { FileResult } from "./write-files.ts";

/** What became of an import: the files, what there is to do, and what was lost. */
export function importReport(
  { terminal }: Context,
  {
    files,
    notes,
    where,
    isDryRun,
  }: { files: FileResult[]; notes: Note[]; where: string; isDryRun: boolean },
): Report {
  const title = (words: string): string => terminal.style("bold", words);
  const heading =
    files.length === 0
      ? "Nothing could be made of it."
      : `${counted(files.length, "file")} ${isDryRun ? "would be in" : "in"} ${where}:`;
  const blocks = [
    [title(heading), ...files.map(({ file, state }) => `  ${state.padEnd(9)}  ${file}`)],
    ...(isDryRun ? files.map(({ file, text }) => [title(`--- ${file}`), text.trimEnd()]) : []),
    section(title("To do:"), ofKind(notes, "todo")),
    section(title("Without an equivalent, and what to do instead:"), ofKind(notes, "lost")),
    files.length === 0 || isDryRun
      ? []
      : [
          `Then: causeway lint ${where}, and publish with mode: shadow beside the old bridge until both say the same (--shadow writes it).`,
        ],
  ];
  const isIncomplete =
    files.length === 0 ||
    notes.some(({ kind }) => kind === "lost") ||
    files.some(({ state }) => state === "skipped");
  return {
    json: { files, notes },
    text: blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n"),
    exit: isIncomplete ? EXIT.found : EXIT.done,
  };
}

/** Each thing that is said, once, above what it is about: files, or what they came from. */
function section(title: string, notes: Note[]): string[] {
  const lines: string[] = [];
  for (const [message, said] of Map.groupBy(notes, (each) => each.message)) {
    const about = new Set(said.map(({ file, from }) => file ?? from));
    lines.push(`  - ${message.replaceAll("\n", "\n    ")}`, `      ${[...about].join(", ")}`);
  }
  return lines.length === 0 ? [] : [title, ...lines];
}

function ofKind(notes: Note[], kind: Note["kind"]): Note[] {
  return notes.filter((note) => note.kind === kind);
}
