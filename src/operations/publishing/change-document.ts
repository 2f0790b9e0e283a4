import type { Env } from "../../env.ts";
import type { Publish, PublishRequest } from "../../publishing/publish.ts";
import { publishDocuments } from "./publish-documents.ts";

/** One document as it is to be; `text` null removes it. `ifMatch` is the etag it must have, null: it must be absent. */
export type DocumentChange = {
  key: string;
  text: string | null;
  ifMatch: string | null;
  by: string;
  why: string;
};

/** What became of it; `by` and `at` (ISO 8601) say who was faster, null: nobody knows, or it is gone. */
export type ChangeAnswer =
  | { is: "published"; publish: Publish }
  | { is: "conflict"; by: string | null; at: string | null }
  | { is: "refused"; why: string[] };

/** Publishes one document for somebody at the console. */
export async function changeDocument(env: Env, change: DocumentChange): Promise<ChangeAnswer> {
  const { key, text, ifMatch, by, why } = change;
  const changes = [{ key, text, ifMatch }];
  const request: PublishRequest = { by, why, via: "console", restores: null, changes };
  const answer = await publishDocuments(env, request);
  switch (answer.status) {
    case "published":
      return { is: "published", publish: answer.publish };
    case "conflict": {
      const [conflict] = answer.conflicts;
      return { is: "conflict", by: conflict?.by ?? null, at: conflict?.at ?? null };
    }
    case "invalid":
      return {
        is: "refused",
        why: answer.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
      };
    case "bad_request":
    case "too_large":
    case "kv_unreadable":
      return { is: "refused", why: [answer.message] };
  }
}
