import { deriveHookSecret } from "../../../src/gitlab/hook-secret.ts";
import type { HookFlag } from "../../../src/gitlab/hook-events.ts";
import type { HookEvent } from "../../../src/sandbox/gitlab-hook-delivery.ts";
import { configuration } from "./configuration.ts";
import { serveGitlab, type ServedGitlab } from "./serve-gitlab.ts";
import { fixture, startWorld, type World } from "./world.ts";

const DOCUMENTS = {
  "mapping/gitlab/acme/site": { rules: [{ name: "Opened", on: "issue.open", to: "support" }] },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
};

/** A GitLab with webhooks, and a Worker whose master secret is being changed. */
export type HookWorld = {
  world: World;
  gitlab: ServedGitlab;
  /** How commands are run: for both, in a configuration folder with one rule on `issue.open` of acme/site. */
  around: { env: Record<string, string>; cwd: string };
  /** Makes a webhook of acme/site (or of another place of the API) that works; returns its number. */
  make: (fields?: object, place?: string) => Promise<number>;
  /** Somebody opens an issue. */
  open: (project?: string) => Promise<HookEvent[]>;
  /** How many requests the Worker has taken. */
  received: () => Promise<number>;
  /** Has GitLab miss the Worker's answers from now on, or hear them. */
  loseAnswers: (lose: boolean) => void;
  /** All webhooks and faults are gone. */
  clear: () => void;
  stop: () => Promise<void>;
};

export const OLD_TOKEN = deriveHookSecret("old-master", "acme/site");
export const NEW_TOKEN = deriveHookSecret("new-master", "acme/site");
/** No Worker takes this one. */
export const WRONG_TOKEN = deriveHookSecret("nobody's", "acme/site");

export async function startHookWorld(): Promise<HookWorld> {
  const world = await startWorld(DOCUMENTS, { HOOK_MASTER_SECRETS: "new-master old-master" });
  let losing = false;
  const gitlab = await serveGitlab({
    async send(request) {
      const response = await fetch(request);
      if (losing) throw new TypeError("Network connection lost.");
      return response;
    },
  });
  const { hooks, fire } = gitlab.webhooks;
  const flag: HookFlag = "issues_events";
  let opened = 0;
  return {
    world,
    gitlab,
    around: { env: { ...world.env, GITLAB_URL: gitlab.url }, cwd: configuration(DOCUMENTS) },
    async make(fields = {}, place = "projects/acme%2Fsite") {
      const response = await fetch(`${gitlab.url}/api/v4/${place}/hooks`, {
        method: "POST",
        headers: { authorization: "Bearer glpat-test", "content-type": "application/json" },
        body: JSON.stringify({
          url: `${world.url}/gitlab/webhooks/acme/site`,
          signing_token: NEW_TOKEN,
          issues_events: true,
          push_events: false,
          ...fields,
        }),
      });
      return ((await response.json()) as { id: number }).id;
    },
    async open(project = "acme/site") {
      opened += 1;
      const body = JSON.parse(fixture("issue.open", project)) as { object_attributes: object };
      const attributes = { ...body.object_attributes, iid: opened };
      return await fire(project, flag, { ...body, object_attributes: attributes });
    },
    async received() {
      const { total } = await world.api<{ total: { received: number } }>("/ledger");
      return total.received;
    },
    loseAnswers: (lose) => {
      losing = lose;
    },
    clear() {
      hooks.length = 0;
      gitlab.faults.length = 0;
      losing = false;
    },
    async stop() {
      gitlab.stop();
      await world.stop();
    },
  };
}
