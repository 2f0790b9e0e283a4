import * as z from "zod/mini";
import type { RetryPlace } from "../../relay/retry-runs.ts";

const Cursor = z.object({
  relay: z.string(),
  after: z.nullable(z.object({ destination: z.string(), seq: z.number(), n: z.number() })),
});

/** A place of a bulk retry as an opaque text, for whoever is to bring it back. */
export function writeRetryCursor(place: RetryPlace): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Reads it back; null: it is none of ours. */
export function readRetryCursor(text: string): RetryPlace | null {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    return null;
  }
}
