import { join, relative } from "node:path";

import type { Bundle } from "./bundle-worker.ts";

/** One Worker of the benchmark with what it is bound to. */
export type Target = {
  bundle: Bundle;
  /** Settings and secrets. */
  texts: Record<string, string>;
  durableObject?: { binding: string; className: string };
  kv?: KvWorker | KvServer;
};

/** A KV namespace of a Worker that answers its reads, and the documents it holds. */
type KvWorker = { binding: string; server: Bundle; documents: Record<string, unknown> };
/** A KV namespace of a server (`host:port`) that answers its reads over HTTP. */
type KvServer = { binding: string; address: string };

/**
 * workerd's configuration (Cap'n Proto text), to be written into `folder`, for one target: a socket
 * on a free port, its Durable Objects under `disk`, and a way out to the loopback interface only.
 */
export function workerdConfig(target: Target, folder: string, disk: string): string {
  const { bundle, kv, durableObject } = target;
  const bindings = [
    ...Object.entries(target.texts).map(([name, text]) => field(name, "text", quoted(text))),
    ...(durableObject
      ? [field(durableObject.binding, "durableObjectNamespace", quoted(durableObject.className))]
      : []),
    ...(kv ? [field(kv.binding, "kvNamespace", quoted("kv"))] : []),
  ];
  const services = [
    `(name = "main", worker = .main)`,
    `(name = "loopback", network = (allow = ["local"]))`,
    ...(kv ? [kvService(kv)] : []),
    ...(durableObject ? [`(name = "disk", disk = (path = ${quoted(disk)}, writable = true))`] : []),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [${services.join(", ")}],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const main :Workerd.Worker = (
  ${code(bundle, folder)},
  bindings = [${bindings.join(", ")}],
  globalOutbound = "loopback",
  ${durableObject ? storage(durableObject.className) : ""}
);
${kv && "server" in kv ? kvWorker(kv, folder) : ""}`;
}

function kvService(kv: KvWorker | KvServer): string {
  return "server" in kv
    ? `(name = "kv", worker = .kv)`
    : `(name = "kv", external = (address = ${quoted(kv.address)}, http = ()))`;
}

function storage(className: string): string {
  const object = `(className = ${quoted(className)}, uniqueKey = "bench", enableSql = true)`;
  return `durableObjectNamespaces = [${object}], durableObjectStorage = (localDisk = "disk"),`;
}

function kvWorker(kv: KvWorker, folder: string): string {
  return `
const kv :Workerd.Worker = (
  ${code(kv.server, folder)},
  bindings = [${field("DOCUMENTS", "json", quoted(JSON.stringify(kv.documents)))}],
);
`;
}

function code(bundle: Bundle, folder: string): string {
  const modules = bundle.modules.map((file) => {
    // A path from the root would be searched for in the import path.
    const path = relative(folder, join(bundle.folder, file));
    return `(name = ${quoted(file)}, ${moduleType(file)} = embed ${quoted(path)})`;
  });
  return `modules = [${modules.join(", ")}],
  compatibilityDate = ${quoted(bundle.compatibilityDate)},
  compatibilityFlags = ${JSON.stringify(bundle.compatibilityFlags)}`;
}

/** By wrangler's default rules for what a file name means. */
function moduleType(file: string): string {
  if (/\.m?js$/.test(file)) return "esModule";
  if (file.endsWith(".wasm")) return "wasm";
  if (file.endsWith(".bin")) return "data";
  return "text";
}

function field(name: string, type: string, value: string): string {
  return `(name = ${quoted(name)}, ${type} = ${value})`;
}

/** Cap'n Proto's strings are JSON's, as long as no character needs JSON's \\u escapes. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
