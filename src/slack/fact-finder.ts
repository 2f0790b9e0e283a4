import { field, object, objects, text, type JsonObject } from "../json.ts";
import { callSlack, type Called, type SlackApi } from "./call-slack.ts";
import { noticeIn } from "./notice-mark.ts";
import type { SlackReading } from "./parse-event.ts";
import { mentionsIn, readMrkdwn } from "./read-mrkdwn.ts";
import type { SlackMessageFacts } from "./slack-details.ts";
import type { SlackFacts, SlackMember } from "./slack-facts.ts";

/** What Slack says of a question; `unknown`: it never will; `later`: it may, when it is asked again. */
type Asked<T> =
  | { is: "known"; value: T }
  | { is: "unknown"; why: string }
  | { is: "later"; why: string; inMs: number; about: "slack" | "question" };

/** The facts, as far as they can be known; or why Slack has to be asked again. */
export type Found =
  | { ok: true; facts: SlackFacts }
  | { ok: false; reason: string; retryMs: number };

/** What the finder needs of its Relay. */
export type FactFinderOptions = {
  /** Null: there is no bot token. */
  slack: SlackApi | null;
  /** Told of a scope that the app lacks, and the method that needed it. */
  lacks: (scope: string, method: string) => void;
  /** Told of the scopes that the app has. */
  has: (scopes: string[]) => void;
};

const FRESH_MS = 10 * 60_000;
/** Who is in a user group matters to who may call an answer forth. */
const GROUP_FRESH_MS = 60_000;
const MAX_CACHED = 2_000;
/** A Slack that does not answer is not asked again for each event: for so long, then twice as long … */
const HOLD_MS = 2_000;
const MAX_HOLD_MS = 30_000;
/**
 * How long an event waits for Slack as a whole (it is down, the token is no good), and for the answer
 * to one question: everything that is asked can be missing.
 */
const PATIENCE_MS = { slack: 24 * 3_600_000, question: 60_000 };
/** Slack refuses the bot whatever is asked. */
const TOKEN_WORDS = [
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
];
/** When one question is asked again. */
const QUESTION_MS = 10_000;
/** What a 429 without `Retry-After` asks for is not documented; windows are a minute. */
const RATE_LIMITED_MS = 30_000;
/** Each is a call. */
const MAX_MENTIONED = 5;

/**
 * Asks Slack what its events leave out: the message, its thread, who people are, the name of the
 * channel. What it was told it remembers for ten minutes.
 */
export class FactFinder {
  readonly #options: FactFinderOptions;
  readonly #cache = new Map<string, { asked: Asked<unknown>; until: number }>();
  /** Why Slack is not asked for the moment, and until when. */
  #hold: { until: number; why: string } | null = null;
  /** How often in a row Slack did not answer. */
  #failures = 0;

  #asked = 0;

  constructor(options: FactFinderOptions) {
    this.#options = options;
  }

  /** How often Slack was asked. */
  get asked(): number {
    return this.#asked;
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

  /** Whether somebody is a full member of the workspace: no guest, no stranger, still there. */
  async isFullMember(id: string, now: number): Promise<Asked<boolean>> {
    const asked = await this.#member(id, now);
    return asked.is === "known" ? known(!asked.value.guest) : asked;
  }

  async #bot(now: number): Promise<Asked<string>> {
    return await this.#remembered("bot", now, FRESH_MS, async () => {
      return await this.#ask("auth.test", "who the bot is", async (client) => {
        return (await client.auth.test()).user_id ?? "";
      });
    });
  }

  /** A direct message has no name, and the app need not read what is said there. */
  async #channelName(channel: string | null, now: number): Promise<Asked<string | null>> {
    if (channel === null || isDirect(channel)) return known(null);
    return await this.#remembered(`channel ${channel}`, now, FRESH_MS, async () => {
      return await this.#ask("conversations.info", "the channel's name", async (client) => {
        return (await client.conversations.info({ channel })).channel?.name ?? null;
      });
    });
  }

  async #member(id: string, now: number): Promise<Asked<SlackMember & { guest: boolean }>> {
    return await this.#remembered(`member ${id}`, now, FRESH_MS, async () => {
      return await this.#ask("users.info", "who somebody is", async (client) => {
        const { user } = await client.users.info({ user: id });
        return {
          username: user?.name ?? null,
          name: user?.profile?.display_name || user?.real_name || user?.name || null,
          bot: user?.is_bot === true,
          guest:
            user?.is_restricted === true ||
            user?.is_ultra_restricted === true ||
            user?.is_stranger === true ||
            user?.deleted === true,
          gitlab: null,
        };
      });
    });
  }

  async #group(usergroup: string, now: number): Promise<Asked<string[]>> {
    return await this.#remembered(`group ${usergroup}`, now, GROUP_FRESH_MS, async () => {
      return await this.#ask(
        "usergroups.users.list",
        `who is in the user group ${usergroup}`,
        async (client) => (await client.usergroups.users.list({ usergroup })).users ?? [],
      );
    });
  }

  async #permalink({ channel, ts }: SlackReading): Promise<Asked<string | null>> {
    if (channel === null || ts === null) return known(null);
    return await this.#ask("chat.getPermalink", "the message's address", async (client) => {
      return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink ?? null;
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
    return await this.#ask("conversations.replies", "the message", async (client) => {
      // Of a reply's thread Slack gives the parent too, whatever the limits.
      const { messages } = await client.conversations.replies({
        channel,
        ts,
        latest: ts,
        oldest: ts,
        inclusive: true,
        limit: 2,
      });
      const found = objects(messages as never);
      const itself = found.find((message) => message["ts"] === ts);
      if (itself !== undefined) return messageFrom(itself, ts);
      const root = text(field(found[0], "thread_ts"));
      return root === null ? null : { ...NOTHING_SAID, root, isReply: root !== ts };
    });
  }

  async #ask<T>(
    method: string,
    about: string,
    call: Parameters<typeof callSlack<T>>[1],
  ): Promise<Asked<T>> {
    const { slack, lacks, has } = this.#options;
    if (slack === null) {
      return {
        is: "later",
        why: "Slack cannot be asked: the Worker has no secret SLACK_BOT_TOKEN.",
        inMs: MAX_HOLD_MS,
        about: "slack",
      };
    }
    if (this.#hold !== null && this.#hold.until > Date.now()) {
      const inMs = this.#hold.until - Date.now();
      return { is: "later", why: this.#hold.why, inMs, about: "slack" };
    }
    this.#asked += 1;
    const called: Called<T> = await callSlack(slack, call);
    if (called.ok) {
      this.#failures = 0;
      has(called.scopes);
      return known(called.value);
    }
    const { answer } = called;
    const why = `Slack did not say ${about} (${method}: ${answer.said})`;
    switch (answer.outcome) {
      case "wait":
        return this.#later(`${why}.`, answer.afterMs ?? RATE_LIMITED_MS);
      case "retry":
        // A word of Slack's is about the question; no answer, or none of Slack's, is about Slack.
        if (answer.status !== null && answer.status < 400) {
          return { is: "later", why: `${why}.`, inMs: QUESTION_MS, about: "question" };
        }
        this.#failures += 1;
        return this.#later(`${why}.`, Math.min(MAX_HOLD_MS, HOLD_MS * 2 ** (this.#failures - 1)));
      case "refused":
        return { is: "unknown", why: `${why}.` };
      case "blocked": {
        if (answer.scope !== undefined) lacks(answer.scope, method);
        // What to do about a scope is said once, not for each question.
        const said = answer.scope === undefined ? `${why}. ${answer.fix}` : `${why}.`;
        const isWhole = answer.cause === "configuration" || TOKEN_WORDS.includes(answer.code);
        return isWhole ? this.#later(said, MAX_HOLD_MS) : { is: "unknown", why: said };
      }
    }
  }

  /** Leaves Slack alone for a while. */
  #later(why: string, inMs: number): Extract<Asked<never>, { is: "later" }> {
    this.#hold = { until: Date.now() + inMs, why };
    return { is: "later", why, inMs, about: "slack" };
  }

  async #remembered<T>(
    name: string,
    now: number,
    freshMs: number,
    ask: () => Promise<Asked<T>>,
  ): Promise<Asked<T>> {
    const cached = this.#cache.get(name);
    if (cached !== undefined && cached.until > now) return cached.asked as Asked<T>;
    const asked = await ask();
    // A scope may be granted at any moment, and what Slack could not say it may say now.
    if (asked.is !== "known") return asked;
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= MAX_CACHED && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(name, { asked, until: now + freshMs });
    return asked;
  }
}

type MessageSaid = Omit<NonNullable<SlackFacts["message"]>, "permalink">;

const NOTHING_SAID = { text: null, notice: null, byPerson: null, author: null };

/** Whether a channel is a conversation between the bot and one person. */
function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}

function messageFrom(message: JsonObject, ts: string): MessageSaid {
  const root = text(message["thread_ts"]) ?? ts;
  const author = text(message["user"]);
  return {
    text: text(message["text"]),
    root,
    isReply: root !== ts,
    notice: noticeIn(message["blocks"]),
    author,
    byPerson:
      author !== null && text(message["bot_id"]) === null && message["subtype"] !== "bot_message",
  };
}

/** The message that a shortcut was used on, which its body brings along. */
export function messageOfShortcut(
  payload: JsonObject,
  ts: string,
): Pick<SlackMessageFacts, "notice" | "text" | "ts" | "byPerson"> {
  const { notice, text: written, byPerson } = messageFrom(object(payload["message"]), ts);
  const said = written === null ? null : readMrkdwn(written, () => null);
  return { notice, text: said, ts, byPerson };
}

function known<T>(value: T): Asked<T> {
  return { is: "known", value };
}

function valueOf<T>(asked: Asked<T>): T | null {
  return asked.is === "known" ? asked.value : null;
}
