type Env = { DOCUMENTS: Record<string, unknown> };

/**
 * Workers KV for the benchmark: workerd turns a KV binding into HTTP calls to any service that
 * answers them, and this one answers reads from the documents it is given. Writes are refused.
 */
export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (request.method === "POST" && url.pathname === "/bulk/get") {
      return Response.json(readMany(env.DOCUMENTS, (await request.json()) as BulkRead));
    }
    if (request.method !== "GET") return new Response("read only", { status: 405 });
    if (url.pathname === "/") return Response.json(list(env.DOCUMENTS, url.searchParams));
    const document = env.DOCUMENTS[decodeURIComponent(url.pathname.slice(1))];
    return document === undefined
      ? new Response("Not Found", { status: 404 })
      : Response.json(document);
  },
} satisfies ExportedHandler<Env>;

type BulkRead = { keys: string[]; type?: "text" | "json"; withMetadata?: boolean };

function readMany(documents: Env["DOCUMENTS"], read: BulkRead): Record<string, unknown> {
  const found = read.keys.map((key) => {
    const document = documents[key];
    if (document === undefined) return [key, null] as const;
    const value = read.type === "json" ? document : JSON.stringify(document);
    return [key, read.withMetadata ? { value, metadata: null } : value] as const;
  });
  return Object.fromEntries(found);
}

function list(documents: Env["DOCUMENTS"], query: URLSearchParams): object {
  const prefix = query.get("prefix") ?? "";
  const names = Object.keys(documents).filter((name) => name.startsWith(prefix));
  // workerd fails on a list without `cacheStatus`.
  return {
    keys: names.toSorted().map((name) => ({ name })),
    list_complete: true,
    cacheStatus: null,
  };
}
