import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createEmulator, type EmulatorContext } from "emulate";

type Dispatcher = EmulatorContext<object>["webhooks"];

/** A table of emulate's, as far as tests look into it. */
type Table<T> = {
  all: () => T[];
  findOneBy: (field: keyof T, value: unknown) => T | undefined;
  update: (id: number, change: Partial<T>) => T | undefined;
};

type Message = {
  ts: string;
  channel_id: string;
  user: string;
  text: string;
  thread_ts?: string;
};

/** What emulate's Slack holds. */
export type EmulateStore = {
  teams: Table<{ team_id: string }>;
  users: Table<{ user_id: string; name: string }>;
  channels: Table<{ channel_id: string; name: string; is_im?: boolean; members: string[] }>;
  messages: Table<Message>;
  ephemeralMessages: Table<Message & { target_user: string }>;
  tokens: Table<{ id: number; token: string; scopes: string[] }>;
  incomingWebhooks: Table<{ default_channel: string; url: string }>;
};

/** The module of emulate that is its Slack; the package does not export it. */
type SlackModule = {
  slackPlugin: {
    register: (app: unknown, store: unknown, webhooks: Dispatcher, ...rest: unknown[]) => void;
  };
  getSlackStore: (store: unknown) => EmulateStore;
};

const DIST = join(import.meta.dirname, "../../../node_modules/emulate/dist");

/**
 * The Slack of npm emulate with what its own API does not give: a look into its store, and an Events
 * API address. It signs, makes and sends the events itself.
 */
export async function createEmulateSlack(port: number, seed: Record<string, unknown>) {
  const { slackPlugin, getSlackStore } = await slackModule();
  let found: { store: unknown; dispatcher: Dispatcher } | undefined;
  const register = slackPlugin.register;
  slackPlugin.register = function registerAndKeep(app, store, webhooks, ...rest) {
    found = { store, dispatcher: webhooks };
    return register.call(this, app, store, webhooks, ...rest);
  };
  const emulator = await createEmulator({
    service: "slack",
    port,
    seed: { slack: seed },
  }).finally(() => {
    slackPlugin.register = register;
  });
  if (found === undefined) throw new Error("emulate did not use the module that was patched");
  const { store, dispatcher } = found;

  // Slack does not hold an API answer until its event is delivered; bare emulate does.
  const dispatch = dispatcher.dispatch.bind(dispatcher);
  const underWay = new Set<Promise<void>>();
  dispatcher.dispatch = (...event) => {
    const sent = dispatch(...event).finally(() => underWay.delete(sent));
    underWay.add(sent);
    return Promise.resolve();
  };

  return {
    url: emulator.url,
    store: getSlackStore(store),
    /** Sends events of these types to the address. Not "*": the Worker's own messages are events too. */
    subscribe: (url: string, events: string[]) => {
      dispatcher.register({ url, events, active: true, owner: "slack" });
    },
    /** Resolves when every event so far was answered. */
    delivered: async () => {
      await Promise.all(underWay);
    },
    /** The HTTP status that each event was answered with; 0: with none. */
    answered: () => dispatcher.getDeliveries().map(({ status_code: status }) => status ?? 0),
    close: () => emulator.close(),
  };
}

async function slackModule(): Promise<SlackModule> {
  const file = readdirSync(DIST).find(
    (name) =>
      /^dist-.*\.js$/.test(name) &&
      readFileSync(join(DIST, name), "utf8").includes('"/api/chat.postMessage"'),
  );
  if (file === undefined) throw new Error("emulate has no Slack any more");
  // The very file that emulate itself imports, so that both have the one module.
  return (await import(pathToFileURL(join(DIST, file)).href)) as SlackModule;
}
