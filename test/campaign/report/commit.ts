import { execFileSync } from "node:child_process";

/** The commit that a folder is at, "with changes" where there are any; null: it is in no repository. */
export function commitOf(folder: string): string | null {
  try {
    const args = ["describe", "--always", "--exclude=*", "--dirty= with changes"];
    return execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return null;
  }
}
