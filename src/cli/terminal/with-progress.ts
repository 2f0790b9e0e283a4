import type { Progress, Terminal } from "./terminal.ts";

/** Does something that takes a while; how far it has come is shown until it ends, however it ends. */
export async function withProgress<T>(
  terminal: Terminal,
  label: string,
  total: number,
  work: (at: Progress["at"]) => Promise<T>,
): Promise<T> {
  const progress = terminal.progress(label, total);
  try {
    return await work(progress.at);
  } finally {
    progress.end();
  }
}
