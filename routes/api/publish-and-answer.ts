import type { Context } from "hono";
import type { PublishAnswer } from "../../src/publishing/publisher.ts";
import type { PublishRequest } from "../../src/publishing/publish.ts";
import { publishDocuments } from "../../src/operations/publishing/publish-documents.ts";
import { counted } from "../../src/words/counted.ts";
import { problem, type AppEnv } from "../http.ts";

/** Publishes what a request asks for, given as JSON or as what becomes it, and answers what became of it. */
export async function publishAndAnswer(
  c: Context<AppEnv>,
  request: PublishRequest | Uint8Array,
  created: boolean,
): Promise<Response> {
  return said(c, await publishDocuments(c.env, request), created);
}

function said(c: Context<AppEnv>, answer: PublishAnswer, created: boolean): Response {
  switch (answer.status) {
    case "published":
      return c.json(answer.publish, created ? 201 : 200);
    case "bad_request":
      return problem(c, 400, "bad_request", answer.message, answer.path || undefined);
    case "too_large":
      return problem(c, 413, "too_large", answer.message);
    case "kv_unreadable":
      return problem(c, 503, "kv_unreadable", answer.message);
    case "conflict": {
      const { conflicts } = answer;
      const message = `Nothing was published: ${counted(conflicts.length, "document")} changed meanwhile. Read again, and publish anew.`;
      return c.json({ error: { code: "conflict", message, conflicts } }, 412);
    }
    case "invalid": {
      const { problems, total } = answer;
      const message = `Nothing was published: ${counted(total, "mistake")} in the documents.`;
      return c.json({ error: { code: "invalid", message, problems } }, 422);
    }
  }
}
