import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { APP_SCOPES } from "../../../src/slack/app-scopes.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** The parts of a manifest that Causeway's has; limits are those of Slack's reference. */
const Manifest = z.strictObject({
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    background_color: z.string(),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: z.string(), always_online: z.boolean() }),
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    shortcuts: z.array(
      z.strictObject({
        name: z.string().max(24),
        type: z.enum(["message", "global"]),
        callback_id: z.string().max(255),
        description: z.string().max(150),
      }),
    ),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().max(32),
        url: z.url(),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: z.url(),
      bot_events: z.array(z.string()),
    }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: z.url() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

/**
 * The bot scopes of each method that the Worker calls. A new call fails here until it has its row.
 *
 * @see https://docs.slack.dev/reference/methods
 */
const SCOPES_OF_METHODS: Record<string, string[]> = {
  "auth.test": [],
  "chat.delete": ["chat:write"],
  "chat.getPermalink": [],
  "chat.postEphemeral": ["chat:write"],
  // The second to post to public channels that the bot is not in.
  "chat.postMessage": ["chat:write", "chat:write.public"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "users.lookupByEmail": ["users:read.email"],
};

/** @see https://docs.slack.dev/reference/events */
const SCOPES_OF_EVENTS: Record<string, string[]> = {
  reaction_added: ["reactions:read"],
  reaction_removed: ["reactions:read"],
  member_joined_channel: ["channels:read", "groups:read"],
};

/** What Slack tells without being subscribed to. */
const UNASKED = ["app_rate_limited"];

/** A method as a text in the code: a family of Slack's, and a name. */
const METHOD =
  /"((?:auth|bots|chat|conversations|emoji|files|pins|reactions|team|usergroups|users|views)(?:\.[a-zA-Z]+)+)"/g;

describe("slack-app-manifest.yaml", () => {
  const manifest = Manifest.parse(parse(read("slack-app-manifest.yaml")));
  const { features, oauth_config: oauth, settings } = manifest;
  const events = settings.event_subscriptions.bot_events;

  it("has a row for each method of Slack's that the code calls, and for no other", () => {
    const sources = globSync("src/**/*.ts", { cwd: ROOT }).filter(
      (path) => !path.startsWith("src/sandbox/"),
    );
    const called = sources.flatMap((path) =>
      Array.from(read(path).matchAll(METHOD), ([, method = ""]) => method),
    );
    expect([...new Set(called)].toSorted()).toEqual(Object.keys(SCOPES_OF_METHODS).toSorted());
  });

  it("asks for the scopes of those methods, events and features, and for no other", () => {
    const wanted = [
      ...Object.values(SCOPES_OF_METHODS).flat(),
      ...events.flatMap((event) => SCOPES_OF_EVENTS[event] ?? [`unknown event ${event}`]),
      // Shortcuts and slash commands.
      "commands",
    ];
    expect(oauth.scopes.bot.toSorted()).toEqual([...new Set(wanted)].toSorted());
  });

  it("asks for the scopes that the doctor looks for, the optional ones as optional", () => {
    expect(oauth.scopes.bot.toSorted()).toEqual(APP_SCOPES.map(({ scope }) => scope).toSorted());
    expect(oauth.scopes.bot_optional).toEqual(
      APP_SCOPES.filter(({ need }) => need === "optional").map(({ scope }) => scope),
    );
    const table = read("docs/reactions.md");
    for (const { scope } of APP_SCOPES) expect(table).toContain(`\`${scope}\``);
  });

  it("subscribes to the events that the code reads", () => {
    const known = Array.from(
      read("src/slack/parse-event.ts").matchAll(/^\s*case "(\w+)":/gm),
      ([, event = ""]) => event,
    );
    expect(events.toSorted()).toEqual(known.filter((each) => !UNASKED.includes(each)).toSorted());
  });

  it("names the Worker's routes, on one host that is to be replaced", () => {
    const urls = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
    ].map((url) => new URL(url));
    const routes = Array.from(
      read("routes/slack.ts").matchAll(/\.post\("(\/\w+)"/g),
      ([, path]) => `/slack${path}`,
    );
    expect(read("routes/app.ts")).toContain('.route("/slack", slack)');
    expect(urls.map(({ pathname }) => pathname).toSorted()).toEqual(routes.toSorted());
    expect([...new Set(urls.map(({ origin }) => origin))]).toEqual([
      "https://causeway.example.workers.dev",
    ]);
  });

  it("offers message shortcuts that something answers, by the names that the docs and the page use", () => {
    const [, why] = /const WHY = "(\w+)"/.exec(read("routes/slack.ts")) ?? [];
    const examples = globSync("examples/*/mapping/slack/*.yaml", { cwd: ROOT })
      .map(read)
      .join("\n");
    const byRules = Array.from(examples.matchAll(/\bshortcut\.(\w+)/g), ([, id]) => id);
    expect(features.shortcuts.map(({ callback_id: id }) => id).toSorted()).toEqual(
      [...new Set([why ?? "", ...byRules.map((id) => id ?? "")])].toSorted(),
    );
    expect(new Set(features.shortcuts.map(({ type }) => type))).toEqual(new Set(["message"]));
    for (const { name, callback_id: id } of features.shortcuts) {
      expect(read("src/sandbox/page-people.ts")).toContain(`["${id}", "${name}"]`);
      expect(read("docs/reactions.md")).toContain(name);
    }
    expect(settings.interactivity.is_enabled).toBe(true);
  });

  it("lets people find what the bot writes to them", () => {
    expect(features.app_home.messages_tab_enabled).toBe(true);
  });
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
