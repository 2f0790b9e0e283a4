import { object, text, type Json } from "../json.ts";

/** A commit, as far as a body tells. */
export type Commit = {
  /** The first eight characters, as GitLab shows them. */
  shortSha: string | null;
  title: string | null;
  url: string | null;
  author: string | null;
};

/**
 * A commit from one of GitLab's commit objects. A job's `commit.id` is the id of its pipeline, so
 * `sha` goes first.
 */
export function commitFrom(value: Json | undefined): Commit | null {
  const commit = object(value);
  const sha = text(commit["sha"]) ?? text(commit["id"]);
  const title = text(commit["title"]) ?? firstLine(text(commit["message"]));
  if (sha === null && title === null) return null;
  return {
    shortSha: sha?.slice(0, 8) ?? null,
    title,
    url: text(commit["url"]),
    author: text(object(commit["author"])["name"]) ?? text(commit["author_name"]),
  };
}

function firstLine(message: string | null): string | null {
  return text(message?.trimStart().split("\n", 1)[0]?.trim());
}
