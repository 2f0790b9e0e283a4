import { LARGEST_PAGE } from "../../operations/largest-page.ts";
import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { publishedDocuments } from "../worker/published-documents.ts";
import type { Publish, PublishInFull, PublishRequest } from "../../publishing/publish.ts";
import { conflict, type Strayed } from "./conflict.ts";
import { invalid, type InvalidDocument } from "./invalid-documents.ts";
import type { FoundDocument } from "../../publishing/present-document.ts";
import type { Onlooker, Target } from "./target.ts";

/** The Worker writes KV by itself; longer than this nobody looks on. */
const LOOK_ON_MS = 60_000;
const LOOK_EVERY_MS = 300;

/** The Worker's own `/admin/api`: all or nothing, checked where all publishes meet. */
export function workerTarget({ now }: Context, api: AdminApi): Target {
  async function publish(request: PublishRequest, onlooker: Onlooker): Promise<Publish> {
    let made: Publish;
    try {
      made = await api.ask<Publish>("/publishes", { method: "POST", body: request });
    } catch (error) {
      throw error instanceof Refusal ? explained(error) : error;
    }
    const until = now() + LOOK_ON_MS;
    while (made.written < made.total) {
      onlooker.progress(made.written);
      if (onlooker.stop.aborted || now() > until) return made;
      await pause(LOOK_EVERY_MS);
      try {
        made = await api.ask<Publish>(`/publishes/${made.id}/progress`);
      } catch (error) {
        // It is published, whatever keeps us from looking on.
        if (!(error instanceof Refusal)) throw error;
        return made;
      }
    }
    onlooker.progress(made.total);
    return made;
  }

  return {
    name: `the Worker at ${api.url}`,
    address: `worker:${api.url}`,
    read: () => publishedDocuments<FoundDocument>(api),
    publish,
    async history({ key, limit }) {
      const query = new URLSearchParams({ limit: String(Math.min(limit, LARGEST_PAGE)) });
      if (key !== null) query.set("key", key);
      const entries: Publish[] = [];
      for await (const entry of api.all<Publish>(`/publishes?${query.toString()}`)) {
        entries.push(entry);
        if (entries.length === limit) break;
      }
      return entries;
    },
    entry: (id) => api.ask<PublishInFull>(`/publishes/${encodeURIComponent(id)}`),
    close: async () => {},
  };
}

/** What the Worker refused, with each document that it is about. */
function explained(error: Refusal): Refusal {
  const { conflicts, problems } = (error.details ?? {}) as {
    conflicts?: Strayed[];
    problems?: InvalidDocument[];
  };
  if (Array.isArray(conflicts)) return conflict(conflicts);
  if (Array.isArray(problems)) return invalid(problems);
  if (error.code !== "unreachable") return error;
  return new Refusal(
    error.code,
    `${error.message}\nWhether it was published is not known: see "causeway history", or run the same again.`,
    EXIT.partial,
  );
}
