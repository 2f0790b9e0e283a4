import { field, text, type Json } from "../json.ts";

/** A key of KV has at most 512 bytes, and a mapping's begins with `mapping/gitlab/`. */
const MAX_PATH_BYTES = 480;
/** GitLab nests groups at most twenty deep, and each level is a mapping to be read. */
const MAX_SEGMENTS = 24;

/**
 * The group or project path that an event belongs to: the project's, else a flat
 * `path_with_namespace` (project events), the group's (tokens, subgroups, members), the group in
 * the address of the object (epics have neither project nor group), else the path of its hook.
 */
export function pathOfEvent(payload: Json, hookPath: string | null): string | null {
  return (
    path(field(payload, "project", "path_with_namespace")) ??
    path(field(payload, "path_with_namespace")) ??
    path(field(payload, "group", "full_path")) ??
    path(field(payload, "full_path")) ??
    memberGroup(path(field(payload, "group_path")), hookPath) ??
    path(groupInUrl(text(field(payload, "object_attributes", "url")))) ??
    hookPath
  );
}

/** Whether `path` is `scope` or lies below it: whole segments, ignoring case. */
export function isWithin(path: string, scope: string): boolean {
  const inner = segments(path);
  return segments(scope).every((segment, index) => inner[index] === segment);
}

/** The Relay that holds the events of a path: one per top-level namespace. */
export function relayNameFor(path: string | null): string {
  return `gitlab/${segments(path ?? "")[0] ?? "-"}`;
}

/** `a/b/c` → `a/b/c`, `a/b`, `a`: the path and its ancestors, nearest first, lower case. */
export function ancestors(path: string | null): string[] {
  const parts = segments(path ?? "");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}

/**
 * Whether a path can be one of GitLab's: the keys of its mappings, which are in lower case, are keys
 * that KV takes, and few. An event with another one would wait for mappings that can never be read.
 */
export function isUsablePath(path: string): boolean {
  return (
    path.isWellFormed() &&
    Buffer.byteLength(path.toLowerCase()) <= MAX_PATH_BYTES &&
    segments(path).length <= MAX_SEGMENTS
  );
}

function path(value: Json): string | null {
  const said = text(value);
  return said !== null && isUsablePath(said) ? said : null;
}

function segments(path: string): string[] {
  return path
    .toLowerCase()
    .split("/")
    .filter((segment) => segment !== "");
}

/**
 * Member events name a nested group by its last segment alone; where that says nothing about the
 * hook's path, the hook's path says more.
 */
function memberGroup(groupPath: string | null, hookPath: string | null): string | null {
  if (groupPath === null || hookPath === null) return groupPath;
  return isWithin(groupPath, hookPath) ? groupPath : null;
}

function groupInUrl(url: string | null): string | null {
  const match = /^\/groups\/(.+?)\/-\//.exec(URL.parse(url ?? "")?.pathname ?? "");
  return match?.[1] ?? null;
}
