import { hookPathOf } from "../../gitlab/hook-path.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { Rules } from "./read-rules.ts";

/** The paths that a command is about: those that were named, else all that have a mapping. */
export function pathsAsked(named: string[], rules: Rules | null): string[] {
  const paths = named.length > 0 ? named.map(pathNamed) : (rules?.paths ?? []);
  if (paths.length > 0) return [...new Set(paths)];
  throw new Refusal(
    "no_paths",
    rules === null
      ? "Name the paths of projects or groups, or a configuration folder with --dir: then those that have a mapping are meant."
      : "No project or group has a mapping of its own in this configuration. Name the paths of those that are meant.",
    EXIT.usage,
  );
}

/** A path as somebody types it. */
export function pathNamed(given: string): string {
  const path = /^https?:/.test(given) ? null : hookPathOf(given);
  if (path !== null) return path;
  throw new Refusal(
    "bad_path",
    `"${given}" is not the path of a project or group; expected one such as my-group/my-project.`,
    EXIT.usage,
  );
}
