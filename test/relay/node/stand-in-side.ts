import type { SlackApp } from "../../../src/sandbox/app-requests.ts";
import { BOT, MEMBERS, TEAM } from "../../../src/sandbox/support-team.ts";
import type { Channel, Member, Message } from "../../../src/sandbox/workspace.ts";
import { servedSlack } from "../../sandbox/node/serving.ts";
import type { SlackSide } from "./reaction-suite.ts";

const SIGNING_SECRET = "stand-in-signing-secret";
const BOT_TOKEN = "xoxb-stand-in";
const OPEN = ["C0000000001", "C0000000002", "C0000000003", "C0000000004"];
const ROBOT: Member = {
  id: "U0ROBOT",
  name: "robot",
  realName: "Robot",
  email: "",
  isBot: true,
  isDeleted: false,
  isGuest: false,
};

/** Our own stand-in for Slack, behind a socket. */
export async function openStandIn(): Promise<SlackSide> {
  // It learns where the Worker is when there is one.
  const app: SlackApp = { origin: "", signingSecret: SIGNING_SECRET, retryAfterMs: [0, 0, 0] };
  const { url, workspace, people, stop } = await servedSlack({ app });
  const everybody = MEMBERS.map(({ id }) => id);
  const hook = workspace.webhooks.find(({ channel }) => channel === "C0000000005");
  workspace.members.push(ROBOT);
  workspace.channels.push(
    channel("C0SECRET", "secret", everybody, true),
    channel("C0WELCOME", "welcome", [BOT.user]),
    channel("C0ELSEWHERE", "elsewhere", everybody),
  );

  function message(where: string, ts: string): Message {
    const found = workspace.message(where, ts);
    if (found === undefined) throw new Error(`There is no message ${ts} in ${where}.`);
    return found;
  }

  return {
    origin: url,
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    team: TEAM.id,
    channels: {
      open: OPEN,
      secret: "C0SECRET",
      welcome: "C0WELCOME",
      elsewhere: "C0ELSEWHERE",
      hooked: "C0000000005",
    },
    hook: url + (hook?.path ?? ""),
    users: {
      alice: { id: "U0000000001", name: "amina" },
      bob: { id: "U0000000002", name: "bruno" },
      carol: { id: "U0000000003", name: "chen" },
      robot: { id: ROBOT.id, name: ROBOT.name },
      bot: BOT.user,
      group: "S0000000001",
    },
    cannot: {},
    connect(origin) {
      app.origin = origin;
    },
    say: (user, where, text, threadTs) =>
      Promise.resolve({ ts: people.say(user, where, text, threadTs).ts }),
    async react(user, where, ts, emoji) {
      if (user !== BOT.user) {
        await people.react(user, message(where, ts), emoji);
        return;
      }
      const response = await fetch(`${url}/api/reactions.add`, {
        method: "POST",
        headers: { authorization: `Bearer ${BOT_TOKEN}` },
        body: new URLSearchParams({ channel: where, timestamp: ts, name: emoji }),
      });
      const answer = (await response.json()) as { ok: boolean; error?: string };
      if (!answer.ok) throw new Error(`reactions.add: ${answer.error}`);
    },
    async unreact(user, where, ts, emoji) {
      await people.unreact(user, message(where, ts), emoji);
    },
    async join(user, where) {
      await people.join(user, where);
    },
    take: (scope) => workspace.scopes.delete(scope),
    give: (scope) => workspace.scopes.add(scope),
    messages(where) {
      const id = workspace.channel(where)?.id;
      return workspace.messages
        .filter(({ channel: at }) => at === id)
        .map(({ ts, user, text, threadTs: thread, onlyFor }) => ({
          ts,
          user,
          text,
          thread,
          onlyFor,
        }));
    },
    answered: () => workspace.outgoing.map(({ status }) => status ?? 0),
    close: () => Promise.resolve(stop()),
  };
}

function channel(id: string, name: string, members: string[], isPrivate = false): Channel {
  const purpose = "Where reactions are tried";
  return { id, name, purpose, isArchived: false, isPrivate, isMember: true, members };
}
