import type { EditorWords } from "../../../operations/drafts/editor-words.ts";

const NONE: EditorWords = { destinations: [], people: [], emoji: [], filters: [] };
let asked: Promise<EditorWords> | null = null;

/** Names that only the Worker knows; asked for once a page. Without them the editor completes less. */
export async function words(): Promise<EditorWords> {
  asked ??= ask();
  return await asked;
}

async function ask(): Promise<EditorWords> {
  try {
    const answer = await fetch("/admin/documents/words");
    return answer.ok && !answer.redirected ? ((await answer.json()) as EditorWords) : NONE;
  } catch {
    return NONE;
  }
}
