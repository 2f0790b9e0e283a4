/** The options of a `hooks` verb that say where: what it tells people to type carries them on. */
export type Given = { dir?: string; url?: string };

/** A `causeway hooks …` command to type as it stands, of a verb and what comes after it. */
export type HooksCommand = (verb: Verb, ...words: (string | number)[]) => string;

type Verb = keyof typeof TAKES_DIR;

const TAKES_DIR = { create: true, doctor: true, rotate: true, resend: false, enable: false };

/** Makes commands for the folder and the Worker that were given. */
export function hooksCommand({ dir, url }: Given): HooksCommand {
  return (verb, ...words) =>
    [
      `causeway hooks ${verb}`,
      ...words.map((word) => typed(String(word))),
      ...(dir !== undefined && TAKES_DIR[verb] ? ["--dir", typed(dir)] : []),
      ...(url !== undefined && url !== "" ? ["--url", typed(url)] : []),
    ].join(" ");
}

/** A word as a shell takes it for one. */
function typed(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
