const KINDS = /^\/(triggers|workflows|services)\//;

/**
 * The address of a workflow or incoming webhook as it may be shown: `secret:NAME` as it is, of a URL,
 * which is a password, only what all of its kind share: `hooks.slack.com/triggers/T…/…••••`.
 */
export function shownAddress(url: string): string {
  if (url.startsWith("secret:")) return url;
  const parsed = URL.parse(url);
  if (parsed === null) return "••••";
  const kind = KINDS.exec(parsed.pathname)?.[1];
  return kind === undefined ? `${parsed.host}/…••••` : `${parsed.host}/${kind}/T…/…••••`;
}
