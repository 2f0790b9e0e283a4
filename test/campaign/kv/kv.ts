import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:http";

/**
 * How Workers KV answers: as it should, with an error, late by so many ms, never, or with what it
 * held when this mood began.
 */
export type KvMood =
  | { kind: "well" }
  | { kind: "failing" }
  | { kind: "slow"; ms: number }
  | { kind: "hanging" }
  | { kind: "stale" };

/** The Workers KV of a scenario, which its story can spoil. */
export type Kv = {
  /** `host:port`. */
  address: string;
  /** Writes a document, as text that need not be JSON. */
  put: (key: string, document: unknown) => void;
  mood: (mood: KvMood) => void;
  stop: () => void;
};

/** Starts a KV that holds these documents. workerd turns a KV binding into such HTTP calls. */
export async function startKv(documents: Record<string, unknown>): Promise<Kv> {
  const texts = new Map(Object.entries(documents).map(([key, value]) => [key, textOf(value)]));
  let old = new Map<string, string>();
  let mood: KvMood = { kind: "well" };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    switch (mood.kind) {
      case "well":
        return read(texts, request, response);
      case "stale":
        return read(old, request, response);
      case "failing":
        return void response.writeHead(500).end("Internal Error");
      case "slow":
        return void setTimeout(() => read(texts, request, response), mood.ms);
      case "hanging":
        return;
    }
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (key, document) => void texts.set(key, textOf(document)),
    mood(next) {
      if (next.kind === "stale") old = new Map(texts);
      // What hung is not answered later on.
      if (mood.kind === "hanging") server.closeAllConnections();
      mood = next;
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function read(texts: Map<string, string>, { url }: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(url ?? "/", "http://kv");
  if (pathname === "/") {
    const prefix = searchParams.get("prefix") ?? "";
    const keys = [...texts.keys()].filter((name) => name.startsWith(prefix)).toSorted();
    const list = { keys: keys.map((name) => ({ name })), list_complete: true, cacheStatus: null };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list));
    return;
  }
  const text = texts.get(decodeURIComponent(pathname.slice(1)));
  if (text === undefined) response.writeHead(404).end("Not Found");
  else response.writeHead(200).end(text);
}

function textOf(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
