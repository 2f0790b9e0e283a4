import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context.ts";
import { networkWords } from "../network/network-words.ts";
import { safeAddress } from "../network/safe-address.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { isLocalWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { localSecret } from "../worker/local-secret.ts";
import { gitlabSettings } from "./gitlab-settings.ts";
import { refusalOfGitlab } from "./refusal-of-gitlab.ts";

const PATIENCE_MS = 30_000;
/** GitLab's limits are by the minute; it may say less. */
const WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 120;
const MOST_WAITS = 5;
const READ_TRIES = 3;

type Request = { method?: "GET" | "POST" | "PUT"; body?: unknown };

/** GitLab's REST API, as the owner of GITLAB_TOKEN. */
export type GitlabApi = {
  /** GitLab's address, its sub-path included, without a slash at its end. */
  url: string;
  /** Whether it runs on this machine. */
  isLocal: boolean;
  /**
   * Asks and returns the JSON that is answered. Throws a {@link Refusal} for everything that is no 2xx:
   * what was wrong and what to do. Waits when GitLab asks for it.
   */
  ask: <T>(path: string, request?: Request) => Promise<T>;
  /** The same; null where GitLab says that there is no such thing (or that it is none of our business). */
  find: <T>(path: string) => Promise<T | null>;
  /** All items of a list, page by page. */
  all: <T>(path: string, perPage?: number) => AsyncGenerator<T>;
};

/** Opens GitLab's API by GITLAB_URL and GITLAB_TOKEN; beside a local Worker its stand-in is found by itself. */
export function gitlabApi({ env, terminal }: Context, worker: WorkerOptions): GitlabApi {
  const isBesideLocal = isLocalWorker(env, worker);
  const { url: wanted, token } = gitlabSettings(env, isBesideLocal, localSecret);
  const address = safeAddress(wanted);
  if (!address.ok) {
    throw new Refusal(
      "bad_gitlab_url",
      address.why === "plain"
        ? `GITLAB_URL is ${wanted}, which is not encrypted: the token would be readable on its way. Use https.`
        : `GITLAB_URL is "${wanted}"; expected an address such as https://gitlab.example.com.`,
      EXIT.usage,
    );
  }
  const { url, isLocal } = address.value;
  if (token === "") {
    throw new Refusal(
      "no_gitlab_token",
      `Set GITLAB_TOKEN to an access token of ${url} with the scope api, of somebody who is Maintainer of the project (or Owner of the group).`,
      EXIT.usage,
    );
  }

  async function once(path: string, { method = "GET", body }: Request): Promise<Response> {
    try {
      return await fetch(`${url}/api/v4${path}`, {
        method,
        headers: {
          // Not PRIVATE-TOKEN: that one would be sent on to wherever an answer redirects.
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: method === "GET" ? "follow" : "manual",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (error) {
      throw new Refusal(
        "gitlab_unreachable",
        `GitLab at ${url} cannot be reached: ${networkWords(error, PATIENCE_MS)}. Is GITLAB_URL right, and the network up?`,
      );
    }
  }

  /** What GitLab puts off is asked again; what it failed at only if asking changes nothing. */
  async function respond(path: string, request: Request = {}): Promise<Response> {
    for (let waits = 0, tries = 1; ;) {
      const response = await once(path, request);
      if (response.status === 429 && waits < MOST_WAITS) {
        const seconds = Number(response.headers.get("retry-after") || WAIT_SECONDS);
        if (!(seconds <= LONGEST_WAIT_SECONDS)) return response;
        terminal.note(`GitLab asks to wait ${seconds} ${seconds === 1 ? "second" : "seconds"} …`);
        await sleep(seconds * 1_000);
        waits += 1;
      } else if (response.status >= 500 && isReading(request) && tries < READ_TRIES) {
        await sleep(250 * tries);
        tries += 1;
      } else {
        return response;
      }
    }
  }

  async function ask<T>(path: string, request?: Request): Promise<T> {
    const response = await respond(path, request);
    if (!response.ok) throw await refusalOfGitlab(response, url);
    return await jsonOf<T>(response, url);
  }

  return {
    url,
    isLocal,
    ask,
    async find<T>(path: string) {
      const response = await respond(path);
      if (response.status === 404) return null;
      if (!response.ok) throw await refusalOfGitlab(response, url);
      return await jsonOf<T>(response, url);
    },
    async *all<T>(path: string, perPage = 100) {
      const joint = path.includes("?") ? "&" : "?";
      let page = "1";
      while (page !== "") {
        const response = await respond(`${path}${joint}per_page=${perPage}&page=${page}`);
        if (!response.ok) throw await refusalOfGitlab(response, url);
        yield* await jsonOf<T[]>(response, url);
        page = response.headers.get("x-next-page") ?? "";
      }
    },
  };
}

function isReading({ method = "GET" }: Request): boolean {
  return method === "GET";
}

async function jsonOf<T>(response: Response, url: string): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new Refusal(
      "not_gitlab",
      `What answers at ${url} is not GitLab's API: it sent no JSON. Is GITLAB_URL right?`,
    );
  }
}
