import type { Context } from "hono";

/** Answers the body of an event byte for byte, as a file: no browser shows it as a page. */
export function storedBody(c: Context, body: Uint8Array): Response {
  return c.body(new Uint8Array(body), 200, {
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="body.json"',
  });
}
