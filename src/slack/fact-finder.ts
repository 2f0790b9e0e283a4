import { isStillAhead } from "../still-ahead.ts";
import { field, object, objects, text, type JsonObject } from "../json.ts";
import { messageFrom, NOTHING_SAID, type MessageSaid } from "./message-said.ts";
import type { SlackReading } from "./parse-event.ts";
import { mentionsIn, readMrkdwn } from "./read-mrkdwn.ts";
import { SlackAsker, type Asked, type Question, type SlackAskerOptions } from "./slack-asker.ts";
import type { SlackFacts, SlackMember } from "./slack-facts.ts";

/** The facts, as far as they can be known; or why Slack has to be asked again. */
export type Found =
  | { ok: true; facts: SlackFacts }
  | { ok: false; reason: string; retryMs: number };

const FRESH_MS = 10 * 60_000;
/** Who is in a user group matters to who may call an answer forth. */
const GROUP_FRESH_MS = 60_000;
const MAX_CACHED = 2_000;
/**
 * How long an event waits for Slack as a whole (it is down, the token is no good), and for the answer
 * to one question: everything that is asked can be missing.
 */
const PATIENCE_MS = { slack: 24 * 3_600_000, question: 60_000 };
/** What `users.info` says of who is no full member, or none any more. */
const GUEST = ["is_restricted", "is_ultra_restricted", "is_stranger", "deleted"];
/** Each is a call. */
const MAX_MENTIONED = 5;

/**
 * Asks Slack what its events leave out: the message, its thread, who people are, the name of the
 * channel. What it was told it remembers for ten minutes.
 */
export class FactFinder {
  readonly #asker: SlackAsker;
  readonly #cache = new Map<string, { asked: Asked<unknown>; until: number }>();

  constructor(options: SlackAskerOptions) {
    this.#asker = new SlackAsker(options);
  }

  /** How often Slack was asked. */
  get asked(): number {
    return this.#asker.asked;
  }

  /** The facts about an event. `groups`: the user groups that its rules ask for. */
  async factsFor(
    reading: SlackReading,
    payload: JsonObject,
    groups: string[],
    receivedAt: number,
    now: number,
  ): Promise<Found> {
    const [bot, channel, message, permalink] = await Promise.all([
      reading.bot === null ? this.#bot(now) : known(reading.bot),
      this.#channelName(reading.channel, now),
      this.#message(reading, payload),
      this.#permalink(reading),
    ]);
    const said = message.is === "known" ? message.value : null;
    const author = said?.author ?? reading.author;
    const mentioned = mentionsIn(said?.text ?? "").slice(0, MAX_MENTIONED);
    const ids = [...new Set([reading.user, author, ...mentioned].flatMap((id) => id ?? []))];
    const people = await Promise.all(
      ids.map(async (id) => ({ id, asked: await this.#member(id, now) })),
    );
    const memberships = await Promise.all(
      groups.map(async (group) => ({ group, asked: await this.#group(group, now) })),
    );
    const all: Asked<unknown>[] = [
      bot,
      channel,
      message,
      permalink,
      ...people.map(({ asked }) => asked),
      ...memberships.map(({ asked }) => asked),
    ];
    for (const asked of all) {
      if (asked.is !== "later" || now - receivedAt > PATIENCE_MS[asked.about]) continue;
      return { ok: false, reason: asked.why, retryMs: asked.inMs };
    }
    const members = Object.fromEntries(
      people.flatMap(({ id, asked }) => (asked.is === "known" ? [[id, asked.value]] : [])),
    );
    const nameOf = (id: string): string | null =>
      Object.hasOwn(members, id) ? (members[id]?.name ?? null) : null;
    return {
      ok: true,
      facts: {
        bot: valueOf(bot),
        channelName: valueOf(channel),
        message:
          reading.ts === null
            ? null
            : {
                ...(said ?? { ...NOTHING_SAID, root: reading.ts, isReply: false }),
                text: said?.text == null ? null : readMrkdwn(said.text, nameOf),
                permalink: valueOf(permalink),
              },
        people: members,
        groups: Object.fromEntries(
          memberships.map(({ group, asked }) => [
            group,
            asked.is === "known" ? asked.value.includes(reading.user ?? "") : null,
          ]),
        ),
        unknown: [...new Set(all.flatMap((asked) => (asked.is === "known" ? [] : [asked.why])))],
      },
    };
  }

  /**
   * Whether somebody is a full member of the app's own workspace or organisation: no guest, still there,
   * and not of another company with which a channel is shared, whom Slack calls no stranger.
   *
   * @see https://docs.slack.dev/reference/objects/user-object (is_stranger, team_id, enterprise_user)
   */
  async isFullMember(id: string, now: number): Promise<Asked<boolean>> {
    const [app, member] = await Promise.all([this.#app(now), this.#member(id, now)]);
    if (member.is !== "known") return member;
    if (app.is !== "known") return app;
    return known(!member.value.guest && member.value.home === app.value.home);
  }

  async #bot(now: number): Promise<Asked<string>> {
    const app = await this.#app(now);
    return app.is === "known" ? known(app.value.user) : app;
  }

  /** The app's own user, and its home: the organisation or else the workspace that it is in. */
  async #app(now: number): Promise<Asked<{ user: string; home: string }>> {
    return await this.#remembered("app", now, FRESH_MS, {
      method: "auth.test",
      about: "who the bot is",
      given: {},
      read: (answer) => ({
        user: text(answer["user_id"]) ?? "",
        home: text(answer["enterprise_id"]) ?? text(answer["team_id"]) ?? "",
      }),
    });
  }

  /** A direct message has no name, and the app need not read what is said there. */
  async #channelName(channel: string | null, now: number): Promise<Asked<string | null>> {
    if (channel === null || isDirect(channel)) return known(null);
    return await this.#remembered(`channel ${channel}`, now, FRESH_MS, {
      method: "conversations.info",
      about: "the channel's name",
      given: { channel },
      read: (answer) => text(field(answer, "channel", "name")),
    });
  }

  async #member(id: string, now: number): Promise<Asked<Member>> {
    return await this.#remembered(`member ${id}`, now, FRESH_MS, {
      method: "users.info",
      about: "who somebody is",
      given: { user: id },
      read: (answer) => {
        const user = object(answer["user"]);
        const username = text(user["name"]);
        const shown = text(field(user, "profile", "display_name")) ?? text(user["real_name"]);
        return {
          username,
          name: shown ?? username,
          bot: user["is_bot"] === true,
          guest: GUEST.some((sign) => user[sign] === true),
          home: text(field(user, "enterprise_user", "enterprise_id")) ?? text(user["team_id"]),
          gitlab: null,
        };
      },
    });
  }

  async #group(usergroup: string, now: number): Promise<Asked<string[]>> {
    return await this.#remembered(`group ${usergroup}`, now, GROUP_FRESH_MS, {
      method: "usergroups.users.list",
      about: `who is in the user group ${usergroup}`,
      given: { usergroup },
      read: ({ users }) => (Array.isArray(users) ? users.flatMap((id) => text(id) ?? []) : []),
    });
  }

  async #permalink({ channel, ts }: SlackReading): Promise<Asked<string | null>> {
    if (channel === null || ts === null) return known(null);
    return await this.#asker.ask({
      method: "chat.getPermalink",
      about: "the message's address",
      given: { channel, message_ts: ts },
      read: (answer) => text(answer["permalink"]),
    });
  }

  /**
   * The message, of which a reaction names only the id; a shortcut brings it along.
   *
   * @see https://docs.slack.dev/reference/methods/conversations.replies
   */
  async #message(
    { channel, ts, kind }: SlackReading,
    payload: JsonObject,
  ): Promise<Asked<MessageSaid | null>> {
    if (channel === null || ts === null) return known(null);
    if (kind === "shortcut") return known(messageFrom(object(payload["message"]), ts));
    if (isDirect(channel)) return known(null);
    return await this.#asker.ask({
      method: "conversations.replies",
      about: "the message",
      given: { channel, ts, latest: ts, oldest: ts, inclusive: true, limit: 2 },
      read: ({ messages }) => {
        // Of a reply's thread Slack gives the parent too, whatever the limits.
        const found = objects(messages);
        const itself = found.find((message) => message["ts"] === ts);
        if (itself !== undefined) return messageFrom(itself, ts);
        const root = text(field(found[0], "thread_ts"));
        return root === null ? null : { ...NOTHING_SAID, root, isReply: root !== ts };
      },
    });
  }

  async #remembered<T>(
    name: string,
    now: number,
    freshMs: number,
    question: Question<T>,
  ): Promise<Asked<T>> {
    const cached = this.#cache.get(name);
    if (cached !== undefined && isStillAhead(cached.until, now, freshMs)) {
      return cached.asked as Asked<T>;
    }
    const asked = await this.#asker.ask(question);
    // A scope may be granted at any moment, and what Slack could not say it may say now.
    if (asked.is !== "known") return asked;
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= MAX_CACHED && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(name, { asked, until: now + freshMs });
    return asked;
  }
}

type Member = SlackMember & { guest: boolean; home: string | null };

/** Whether a channel is a conversation between the bot and one person. */
function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}

function known<T>(value: T): Asked<T> {
  return { is: "known", value };
}

function valueOf<T>(asked: Asked<T>): T | null {
  return asked.is === "known" ? asked.value : null;
}
