import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { Snapshot, Workspace } from "./workspace.ts";

/** Often enough that a crash loses little, seldom enough that a burst of messages is one write. */
const WRITE_AFTER_MS = 200;

/**
 * Brings back what the workspace showed at the last run, and keeps it in the file from now on. Returns a function that writes
 * at once, for the end.
 */
export function keepWorkspace(workspace: Workspace, path: string): () => void {
  const before = readSnapshot(path);
  if (before !== undefined) workspace.restore(before);

  let timer: NodeJS.Timeout | undefined;
  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    const { messages, requests } = workspace;
    mkdirSync(dirname(path), { recursive: true });
    // A rename leaves either the old file or the new one, never half of it.
    writeFileSync(`${path}.new`, JSON.stringify({ messages, requests } satisfies Snapshot));
    renameSync(`${path}.new`, path);
  }
  workspace.subscribe(() => (timer ??= setTimeout(write, WRITE_AFTER_MS).unref()));
  return write;
}

/** A file that cannot be read is a stand-in that starts empty: it is a toy's memory. */
function readSnapshot(path: string): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { messages, requests }: Partial<Snapshot> = JSON.parse(readFileSync(path, "utf8"));
    if (!Array.isArray(messages) || !Array.isArray(requests)) return undefined;
    // Files of before 2026-11 hold reactions as bare names: nobody knows any more whose they were.
    for (const message of messages)
      message.reactions = message.reactions.filter((each) => typeof each === "object");
    return { messages, requests };
  } catch {
    return undefined;
  }
}
