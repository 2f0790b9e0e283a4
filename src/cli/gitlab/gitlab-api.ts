import { setTimeout as sleep } from "node:timers/promises";
import { counted } from "../../words/counted.ts";
import { askGitlab } from "../../gitlab/hooks-api/ask-gitlab.ts";
import type { Gitlab, GitlabAnswer, GitlabRequest } from "../../gitlab/hooks-api/gitlab.ts";
import type { Context } from "../context.ts";
import { safeAddress } from "../network/safe-address.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { isLocalWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { localSecret } from "../worker/local-secret.ts";
import { gitlabSettings } from "./gitlab-settings.ts";
import { orRefuse } from "./or-refuse.ts";

const PATIENCE_MS = 30_000;
/** GitLab's limits are by the minute; it may say less. */
const WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 120;
const MOST_WAITS = 5;
const READ_TRIES = 3;

/** GitLab's REST API, as the owner of GITLAB_TOKEN. */
export type GitlabApi = {
  /** GitLab's address, its sub-path included, without a slash at its end. */
  url: string;
  /** The same for whoever takes refusals as values. Waits when GitLab asks for it. */
  gitlab: Gitlab;
  /** Whether it runs on this machine. */
  isLocal: boolean;
  /**
   * Asks and returns the JSON that is answered. Throws a {@link Refusal} for everything that is no 2xx:
   * what was wrong and what to do. Waits when GitLab asks for it.
   */
  ask: <T>(path: string, request?: GitlabRequest) => Promise<T>;
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

  const access = { url, token, tokenName: "GITLAB_TOKEN", followsReading: true };

  /** What GitLab puts off is asked again; what it failed at only if asking changes nothing. */
  async function ask<T>(path: string, request: GitlabRequest = {}): Promise<GitlabAnswer<T>> {
    for (let waits = 0, tries = 1; ;) {
      const answer = await askGitlab<T>(access, path, request, PATIENCE_MS);
      if (answer.ok) return answer;
      if (answer.code === "gitlab_busy" && waits < MOST_WAITS) {
        const seconds = answer.retryAfterSeconds ?? WAIT_SECONDS;
        if (!(seconds <= LONGEST_WAIT_SECONDS)) return answer;
        terminal.note(`GitLab asks to wait ${counted(seconds, "second")} …`);
        await sleep(seconds * 1_000);
        waits += 1;
      } else if (answer.code === "gitlab_failed" && isReading(request) && tries < READ_TRIES) {
        await sleep(250 * tries);
        tries += 1;
      } else {
        return answer;
      }
    }
  }

  return {
    url,
    isLocal,
    gitlab: { url, ask },
    async ask<T>(path: string, request?: GitlabRequest) {
      return orRefuse(await ask<T>(path, request)).value;
    },
    async find<T>(path: string) {
      const answer = await ask<T>(path);
      return !answer.ok && answer.code === "gitlab_not_found" ? null : orRefuse(answer).value;
    },
    async *all<T>(path: string, perPage = 100) {
      const joint = path.includes("?") ? "&" : "?";
      for (let page: string | null = "1"; page !== null;) {
        const answer: GitlabAnswer<T[]> = await ask(
          `${path}${joint}per_page=${perPage}&page=${page}`,
        );
        const shown: { value: T[]; nextPage: string | null } = orRefuse(answer);
        yield* shown.value;
        page = shown.nextPage;
      }
    },
  };
}

function isReading({ method = "GET" }: GitlabRequest): boolean {
  return method === "GET";
}
