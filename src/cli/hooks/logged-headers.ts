/**
 * Headers as GitLab's log of deliveries has them. The log also has what no request can carry (a custom
 * header with letters of any script): that is left out.
 */
export function loggedHeaders(logged: Record<string, string> | null): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(logged ?? {})) {
    try {
      headers.append(name, value);
    } catch {
      // Nothing of what identifies a delivery looks like that.
    }
  }
  return headers;
}
