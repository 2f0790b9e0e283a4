/** What is asked with a body, and changes nothing. */
const ASKING = [/^\/backtests$/, /^\/checks\/destinations\/[^/]+$/, /^\/people\/(lookup|check)$/];

/** What has secrets or personal data in it that pages leave out: bodies, and addresses that post to Slack. */
const WHOLE = [
  /^\/events\/[^/]+\/body$/,
  /^\/documents\/(?!(mapping|person)\/)/,
  /^\/publishes\/[^/]+$/,
];

/** Whether the holder of VIEWER_TOKEN may do this to `path`, which is what stands behind `/admin/api`. */
export function viewerMay(method: string, path: string): boolean {
  const isIn = (paths: RegExp[]) => paths.some((each) => each.test(path));
  return method === "GET" || method === "HEAD" ? !isIn(WHOLE) : method === "POST" && isIn(ASKING);
}
