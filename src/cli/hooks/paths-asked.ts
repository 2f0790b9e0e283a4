import { hookPathOf } from "../../gitlab/hook-path.ts";
import type { GitlabApi } from "../gitlab/gitlab-api.ts";
import { cleanPath } from "../gitlab/clean-path.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { Rules } from "./read-rules.ts";

/** The paths that a command is about: those that were named, else all that have a mapping. */
export function pathsAsked(
  { url }: Pick<GitlabApi, "url">,
  named: string[],
  rules: Rules | null,
): string[] {
  const paths =
    named.length > 0 ? named.map((given) => pathNamed({ url }, given)) : (rules?.paths ?? []);
  if (paths.length > 0) return [...new Set(paths)];
  throw new Refusal(
    "no_paths",
    rules === null
      ? "Name the paths of projects or groups, or a configuration folder with --dir: then those that have a mapping are meant."
      : "No project or group has a mapping of its own in this configuration. Name the paths of those that are meant.",
    EXIT.usage,
  );
}

/** A path as somebody types it, or takes it from a browser's address bar; in lower case. */
export function pathNamed({ url }: Pick<GitlabApi, "url">, given: string): string {
  const isAddress = /^https?:/i.test(given);
  if (isAddress && !given.toLowerCase().startsWith(`${url.toLowerCase()}/`)) {
    refuse(`"${given}" is no address of the GitLab at ${url}, which GITLAB_URL names.`);
  }
  const written = isAddress ? given.slice(url.length).replace(/[?#].*$/, "") : given;
  // GitLab's own pages about a group are below this.
  const path = cleanPath((hookPathOf(written) ?? "").replace(/^groups\//, ""));
  return (
    path ??
    refuse(
      `"${given}" is not the path of a project or group; expected one such as my-group/my-project.`,
    )
  );
}

function refuse(message: string): never {
  throw new Refusal("bad_path", message, EXIT.usage);
}
