import { createEmulateSlack, type EmulateStore } from "./emulate-slack.ts";
import type { SlackSide } from "./reaction-suite.ts";

const BOT_TOKEN = "xoxb-causeway";
const BOT = "U0BOT00777";
const ROBOT = "U0ROBOT888";
const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const OPEN = ["support-1", "support-2", "support-3", "support-4"];
const HUMANS = ["alice", "bob", "carol"];
const BOT_SCOPES =
  "chat:write channels:history channels:read groups:history groups:read im:history im:read im:write reactions:read reactions:write users:read".split(
    " ",
  );

/** Everybody acts through the Web API, with a token of their own. */
const SEED = {
  team: { name: "Acme", domain: "acme" },
  users: HUMANS.map((name) => ({ name, real_name: `${name} Example` })),
  channels: [
    ...[...OPEN, "elsewhere", "hooked"].map((name) => ({ name })),
    { name: "secret", is_private: true },
  ],
  oauth_apps: [app("Causeway", BOT), app("Robot", ROBOT)],
  tokens: [
    { token: BOT_TOKEN, type: "bot", user_id: BOT, scopes: BOT_SCOPES },
    { token: `xoxp-${ROBOT}`, type: "bot", user_id: ROBOT, scopes: BOT_SCOPES },
    ...HUMANS.map((name) => ({ token: `xoxp-${name}`, type: "user", user: name })),
  ],
  incoming_webhooks: [{ channel: "hooked", label: "Hooked" }],
  strict_scopes: true,
  signing_secret: SIGNING_SECRET,
};

/** A Slack that somebody else wrote: npm emulate. */
export async function openEmulate(): Promise<SlackSide> {
  const slack = await createEmulateSlack(20_000 + Math.floor(Math.random() * 20_000), SEED);
  const { store } = slack;
  const tokens = new Map([
    [BOT, BOT_TOKEN],
    [ROBOT, `xoxp-${ROBOT}`],
    ...HUMANS.map((name): [string, string] => [personNamed(store, name).id, `xoxp-${name}`]),
  ]);
  const channel = (name: string) => must(store.channels.findOneBy("name", name)).channel_id;
  const secret = channel("secret");

  async function act(user: string, method: string, args: Record<string, unknown>) {
    const response = await fetch(`${slack.url}/api/${method}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokens.get(user)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(args),
    });
    const answer = (await response.json()) as { ok: boolean; error?: string; ts?: string };
    if (!answer.ok) throw new Error(`${method}: ${answer.error}`);
    await slack.delivered();
    return { ts: answer.ts ?? "" };
  }

  function setScopes(change: (scopes: string[]) => string[]): void {
    const { id, scopes } = must(store.tokens.findOneBy("token", BOT_TOKEN));
    store.tokens.update(id, { scopes: change(scopes) });
  }

  await act(personNamed(store, "alice").id, "conversations.invite", {
    channel: secret,
    users: BOT,
  });
  return {
    origin: slack.url,
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    team: must(store.teams.all()[0]).team_id,
    channels: {
      open: OPEN.map(channel),
      secret,
      welcome: channel("random"),
      elsewhere: channel("elsewhere"),
      hooked: channel("hooked"),
    },
    hook: slack.url + must(store.incomingWebhooks.findOneBy("default_channel", "hooked")).url,
    users: {
      alice: personNamed(store, "alice"),
      bob: personNamed(store, "bob"),
      carol: personNamed(store, "carol"),
      robot: { id: ROBOT, name: "robot" },
      bot: BOT,
    },
    cannot: {
      groups: "emulate 0.12.2 has no usergroups.users.list",
      bots: "emulate 0.12.2 leaves bot_id out of a bot's messages, so nobody can tell that they are one's",
    },
    connect(origin) {
      slack.subscribe(`${origin}/slack/events`, [
        "reaction_added",
        "reaction_removed",
        "member_joined_channel",
      ]);
    },
    say: (user, where, text, threadTs) =>
      act(user, "chat.postMessage", {
        channel: where,
        text,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      }),
    async react(user, where, ts, name) {
      await act(user, "reactions.add", { channel: where, timestamp: ts, name });
    },
    async unreact(user, where, ts, name) {
      await act(user, "reactions.remove", { channel: where, timestamp: ts, name });
    },
    async join(user, where) {
      await act(user, "conversations.join", { channel: where });
    },
    take: (scope) => setScopes((scopes) => scopes.filter((each) => each !== scope)),
    give: (scope) => setScopes((scopes) => [...scopes, scope]),
    messages(where) {
      const { channels, messages, ephemeralMessages } = store;
      const direct = channels.all().find((each) => each.is_im && each.members.includes(where));
      const id = direct?.channel_id ?? where;
      return [
        ...messages.all().map((message) => ({ ...message, target_user: null })),
        ...ephemeralMessages.all(),
      ]
        .filter(({ channel_id: at }) => at === id)
        .map(({ ts, user, text, thread_ts: thread, target_user: onlyFor }) => ({
          ts,
          user,
          text,
          thread: thread ?? null,
          onlyFor,
        }));
    },
    answered: slack.answered,
    close: slack.close,
  };
}

function app(name: string, user: string) {
  return {
    client_id: `client-${user}`,
    client_secret: "not-a-secret",
    name,
    redirect_uris: [],
    bot_user_id: user,
    bot_name: name.toLowerCase(),
  };
}

function personNamed({ users }: EmulateStore, name: string) {
  return { id: must(users.findOneBy("name", name)).user_id, name };
}

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("emulate lacks something that was seeded");
  return found;
}
