import { HTTPException } from "hono/http-exception";

/** GitLab sends at most 25 MB. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

/**
 * The whole body, or null when it is larger than `max` bytes; then the rest is not read. A sender who
 * breaks off is a 503: nothing was committed.
 */
export async function readBody(request: Request, max: number): Promise<Uint8Array | null> {
  try {
    return await readUpTo(max, request);
  } catch (cause) {
    throw new HTTPException(503, { message: "The body broke off; nothing was stored.", cause });
  }
}

async function readUpTo(max: number, request: Request): Promise<Uint8Array | null> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    // The runtime holds a sender to the length it declared.
    return Number(declared) <= max ? new Uint8Array(await request.arrayBuffer()) : null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > max) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
