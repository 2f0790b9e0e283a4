import { capital } from "./capital.ts";

/** The words as a sentence: its first letter large, and one full stop. */
export function sentence(words: string): string {
  return `${capital(words).replace(/\.$/, "")}.`;
}
