import type { Operation } from "./operation.ts";

/** How an operation is tried in a terminal; `$URL` is the Worker's address, `$A` the header with the token. */
export function curlExample(operation: Operation, filled: string): string {
  const { method, headers, body, example = "" } = operation;
  const conditions = headers === undefined ? [] : [`-H 'If-Match: "<etag>"'`];
  const words = [
    "curl -s",
    ...(method === "GET" ? [] : [`-X ${method}`]),
    '-H "$A"',
    ...conditions,
    quoted(`$URL/admin/api${filled}${example}`),
    ...(body === undefined ? [] : [`-d '${JSON.stringify(body.example)}'`]),
  ];
  return words.join(" ");
}

/** In quotes where a shell would take something of it for its own. */
function quoted(address: string): string {
  return /[?&*<>]/.test(address) ? `"${address}"` : address;
}
