import issueOpen from "./fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "./webhook.ts";
import {
  acme,
  createWorld,
  publish,
  query,
  settled,
  TITLES_TO_CHANNEL,
  type World,
} from "./world.ts";

const issue = acme(issueOpen);
const GAVE_UP = "UPDATE outcomes SET reason = 'gave up after a day of retries: HTTP 503'";
const AT_ONCE = 25;

/** A world in which messages get stuck: every issue's title goes to the destination `channel`. */
export type StuckWorld = World & {
  /** Something happens to an issue of this title; returns the event's id. */
  titled: (title: string, path?: string) => Promise<string>;
  /** The same, and Slack refuses what the rule makes of it. */
  refused: (title: string, path?: string) => Promise<string>;
  /** The same, as after a day without an answer: a retry helps. */
  gaveUp: (title: string, path?: string) => Promise<string>;
  /** The same for as many issues at once. */
  manyGaveUp: (count: number) => Promise<void>;
  /** What stands in Slack. */
  posted: () => string[];
};

export async function createStuckWorld(): Promise<StuckWorld> {
  const world = await createWorld();
  await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
  await publish("mapping/gitlab/other", TITLES_TO_CHANNEL);
  let issues = 0;
  async function send(title: string, path = "acme/widgets"): Promise<string> {
    issues += 1;
    const { id } = await deliver({
      ...issue,
      project: { ...issue.project, path_with_namespace: path },
      object_attributes: { ...issue.object_attributes, iid: issues, title },
    });
    return id;
  }
  async function titled(title: string, path = "acme/widgets"): Promise<string> {
    const id = await send(title, path);
    await settled(relayOf(path));
    return id;
  }
  function refuse(messages: number): void {
    // Also as plain text.
    world.slack.workspace.faults.set({ on: "*", fault: "invalid_blocks", times: 2 * messages });
  }
  async function refused(title: string, path?: string): Promise<string> {
    refuse(1);
    return await titled(title, path);
  }
  return {
    ...world,
    titled,
    refused,
    async gaveUp(title, path = "acme/widgets") {
      const id = await refused(title, path);
      await query(`${GAVE_UP} WHERE key = '${id.split(".")[1]}'`, relayOf(path));
      return id;
    },
    async manyGaveUp(count) {
      refuse(count);
      for (let sent = 0; sent < count; sent += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, count - sent) }, (_, n) => sent + n);
        await Promise.all(some.map((n) => send(`one ${n}`)));
        await settled();
      }
      await query(`${GAVE_UP} WHERE state = 'failed'`);
    },
    posted: () => world.slack.workspace.messages.map(({ text }) => text),
  };
}

function relayOf(path: string): string {
  return `gitlab/${path.split("/")[0]}`;
}
