/**
 * The path of a GitLab project or group as mappings have it, from a path or an address of it; null when
 * it is none.
 */
export function cleanPath(given: string): string | null {
  const path = given
    .trim()
    .replace(/^https?:\/\/[^/]+\//i, "")
    .replace(/[?#].*$/, "")
    .replace(/\/-(\/.*)?$|^\/+|(?<!\/)\/+$/g, "")
    // GitLab's own pages about a group are below this.
    .replace(/^groups\//i, "")
    .toLowerCase();
  const isPath = /^[a-z0-9_][\w.-]*(\/[a-z0-9_][\w.-]*){0,30}$/.test(path);
  // A number is the id of a project.
  return isPath && path.length <= 255 && !/^\d+$/.test(path) ? path : null;
}
