/** Where GitLab's webhooks come in, on the Worker. */
export const WEBHOOKS = "/gitlab/webhooks";

/**
 * The group or project path of a hook's URL, from what stands in it behind `/gitlab/webhooks`:
 * percent-decoded, case kept, without slashes at its ends. Null: the URL has none. This is what the
 * hook's own token is derived from.
 */
export function hookPathOf(rest: string): string | null {
  const written = withoutSlashes(rest);
  if (written === "") return null;
  try {
    return withoutSlashes(decodeURIComponent(written)) || null;
  } catch {
    return written;
  }
}

/** The URL that the hook of a path has. `worker` is the Worker's address, without a slash at its end. */
export function hookUrl(worker: string, path: string): string {
  return `${worker}${WEBHOOKS}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

function withoutSlashes(text: string): string {
  return text.replace(/^\/+|(?<!\/)\/+$/g, "");
}
