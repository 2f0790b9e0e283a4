import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import { networkWords } from "../../words/network-words.ts";
import { safeAddress } from "../network/safe-address.ts";
import { fixHere } from "../operations/fix-here.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { localSecret } from "./local-secret.ts";

const LOCAL = "http://127.0.0.1:8787";
const PATIENCE_MS = 30_000;

/** The option of every verb that asks the Worker. */
export type WorkerOptions = { url?: string };

/** Gives a verb `--url`. The token is never an option: it would stand in lists of processes. */
export function asksWorker(command: Command): Command {
  return command.addOption(
    new Option("--url <url>", `the Worker's address (default: CAUSEWAY_URL, else ${LOCAL})`),
  );
}

/** What a request is made of, besides its path. */
type Request = { method?: string; body?: unknown; headers?: Record<string, string> };

/** The Worker's `/admin/api`. */
export type AdminApi = {
  /** The Worker's address, without a slash at its end. */
  url: string;
  /** Whether it is the local one of `npm start`. */
  isLocal: boolean;
  /**
   * Asks and returns the JSON that is answered. Throws a {@link Refusal} for everything that is no 2xx,
   * with the Worker's own code and words: 409 and 412 end in a conflict, 404 as what was named wrongly.
   */
  ask: <T>(path: string, request?: Request) => Promise<T>;
  /** The same as bytes. */
  bytes: (path: string) => Promise<Uint8Array>;
  /** All items of a list, page by page. */
  all: <T>(path: string) => AsyncGenerator<T>;
};

/** Whether the Worker that is meant is the local one of `npm start`. */
export function isLocalWorker(env: Context["env"], { url: given }: WorkerOptions): boolean {
  const address = safeAddress(given || env["CAUSEWAY_URL"] || LOCAL);
  return address.ok && address.value.isLocal;
}

/** Opens the Worker's API with CAUSEWAY_TOKEN; a local Worker's token is read from `.dev.vars`. */
export function adminApi({ env }: Context, { url: given }: WorkerOptions): AdminApi {
  const wanted = given || env["CAUSEWAY_URL"] || LOCAL;
  const address = safeAddress(wanted);
  if (!address.ok) {
    throw new Refusal(
      "bad_url",
      address.why === "plain"
        ? `${wanted} is not encrypted, and the token would be readable on its way. Use https.`
        : `"${wanted}" is not the address of a Worker; expected one such as https://causeway.example.workers.dev.`,
      EXIT.usage,
    );
  }
  const { url, isLocal } = address.value;
  const token = env["CAUSEWAY_TOKEN"] || (isLocal ? localSecret("ADMIN_TOKEN") : undefined);
  if (token === undefined) {
    throw new Refusal(
      "no_token",
      isLocal
        ? "There is no local Worker's token: start it once with npm start, or set CAUSEWAY_TOKEN."
        : `Set CAUSEWAY_TOKEN to the ADMIN_TOKEN of ${url}.`,
      EXIT.usage,
    );
  }

  async function respond(path: string, request: Request = {}): Promise<Response> {
    const { method = "GET", body, headers } = request;
    let response: Response;
    try {
      response = await fetch(`${url}/admin/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (error) {
      throw unreachable(url, isLocal, error);
    }
    if (!response.ok) throw await refusalIn(response, url, isLocal);
    return response;
  }

  async function ask<T>(path: string, request?: Request): Promise<T> {
    const response = await respond(path, request);
    try {
      return (await response.json()) as T;
    } catch {
      throw new Refusal(
        "not_causeway",
        `What answers at ${url} is not Causeway, or not this version of it: it sent no JSON. Is the address right?`,
      );
    }
  }

  return {
    url,
    isLocal,
    ask,
    bytes: async (path) => new Uint8Array(await (await respond(path)).arrayBuffer()),
    async *all<T>(path: string) {
      let cursor: string | null = null;
      do {
        const joint = path.includes("?") ? "&" : "?";
        const from: string = cursor === null ? "" : `${joint}cursor=${encodeURIComponent(cursor)}`;
        const page: { items: T[]; next: string | null } = await ask(path + from);
        yield* page.items;
        cursor = page.next;
      } while (cursor !== null);
    },
  };
}

function unreachable(url: string, isLocal: boolean, error: unknown): Refusal {
  const said = networkWords(error, PATIENCE_MS);
  const hint = isLocal ? ' Start it with "npm start" in another terminal.' : "";
  return new Refusal("unreachable", `Cannot reach the Worker at ${url}: ${said}.${hint}`);
}

async function refusalIn(response: Response, url: string, isLocal: boolean): Promise<Refusal> {
  const body = await response.text();
  const said = errorIn(body);
  const isConflict = response.status === 409 || response.status === 412;
  // What was named is not there.
  const isMissing = response.status === 404;
  const exit = isConflict ? EXIT.conflict : isMissing ? EXIT.usage : EXIT.refused;
  if (response.status === 401) {
    return new Refusal(
      said?.code ?? "unauthenticated",
      said?.code === "not_configured"
        ? fixHere(said.message, isLocal)
        : `The Worker at ${url} does not take this token. CAUSEWAY_TOKEN has to be its ADMIN_TOKEN.`,
    );
  }
  if (said === null) {
    return new Refusal(
      "not_causeway",
      `The Worker at ${url} answered ${response.status} with something that is not Causeway's. Is the address right?`,
    );
  }
  const where = said.path === undefined ? "" : `${said.path}: `;
  return new Refusal(said.code, fixHere(`${where}${said.message}`, isLocal), exit, said);
}

function errorIn(body: string): { code: string; message: string; path?: string } | null {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } };
    return typeof error?.code === "string" && typeof error.message === "string"
      ? (error as { code: string; message: string })
      : null;
  } catch {
    return null;
  }
}
