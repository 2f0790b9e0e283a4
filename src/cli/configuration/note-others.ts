import type { Terminal } from "../terminal/terminal.ts";

const NAMED = 3;

/** Says which YAML files of a configuration folder are no documents, in case they were meant to be. */
export function noteOthers({ note }: Terminal, others: string[]): void {
  if (others.length === 0) return;
  const which = others.slice(0, NAMED).join(", ") + (others.length > NAMED ? " …" : "");
  note(`Not in mapping/, destination/ or person/, and so left out: ${which}`);
}
