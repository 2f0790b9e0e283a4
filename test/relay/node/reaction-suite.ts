import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCausewayProcess, type CausewayProcess } from "./causeway-process.ts";

type Person = { id: string; name: string };

/** A message that a Slack shows; `onlyFor`: the one person who sees it. */
type Shown = {
  ts: string;
  user: string;
  text: string;
  thread: string | null;
  onlyFor: string | null;
};

/** A Slack with people in it, which tells the Worker what they do. */
export type SlackSide = {
  origin: string;
  botToken: string;
  signingSecret: string;
  team: string;
  channels: {
    /** Public ones; everybody is in them. */
    open: string[];
    /** A private one; everybody is in it. */
    secret: string;
    /** A public one that nobody is in yet. */
    welcome: string;
    /** Where a destination of type `channel` leads. */
    elsewhere: string;
    /** Where the incoming webhook leads. */
    hooked: string;
  };
  /** The incoming webhook's address. */
  hook: string;
  users: {
    alice: Person;
    bob: Person;
    carol: Person;
    /** Another app's bot. */
    robot: Person;
    /** Causeway's. */
    bot: string;
    /** A user group of Alice and Bob. */
    group?: string;
  };
  /** What this Slack lacks, and so why a case is skipped. */
  cannot: { groups?: string; bots?: string };
  /** From now on the Worker at this origin is told. */
  connect: (origin: string) => void;
  say: (user: string, channel: string, text: string, threadTs?: string) => Promise<{ ts: string }>;
  /** Resolves when the Worker has taken the event. */
  react: (user: string, channel: string, ts: string, emoji: string) => Promise<void>;
  unreact: (user: string, channel: string, ts: string, emoji: string) => Promise<void>;
  join: (user: string, channel: string) => Promise<void>;
  /** Takes a scope from the bot's token. */
  take: (scope: string) => void;
  give: (scope: string) => void;
  /** Everything in a channel, or in the bot's direct messages with a user, oldest first. */
  messages: (channelOrUser: string) => Shown[];
  /** The HTTP status that each event was answered with. */
  answered: () => number[];
  close: () => Promise<void>;
};

type Question = { channel: string; ts: string };

type Ledger = {
  namespaces: { namespace: string }[];
  total: Record<
    "received" | "delivered" | "filtered" | "duplicate" | "pending" | "failed" | "unreadable",
    number
  >;
};

type Listed = { type: string; state: string; reason: string | null };

const ADMIN = "admin";
/** Slack's pace allows one answer a second in a channel. */
const PATIENCE = { timeout: 8_000, interval: 25 };
const FIELDS =
  "author.id author.name reactor.id reactor.name channel.id channel.name message.text message.permalink".split(
    " ",
  );

/** The rules, each with emoji of its own so that no case sees another's answers. */
function documents({ channels, hook, users }: SlackSide): Record<string, unknown> {
  const rules = [
    { name: "Escalate", on: "reaction.escalate", to: "thread", message: "Open a ticket." },
    { name: "Runbook", on: "reaction.books", to: "thread", message: "Read the runbook." },
    {
      name: "Look",
      on: ["reaction.eyes", "reaction.mag", "reaction.microscope"],
      to: "thread",
      message: "Somebody is looking.",
    },
    { name: "Agree", on: "reaction.:thumbsup:", to: "thread", message: "Agreed." },
    {
      name: "Hush",
      on: "reaction.shushing_face",
      to: "ephemeral",
      message: "Only for {{ event.reactor.name }}.",
    },
    { name: "Letter", on: "reaction.email", to: "dm", message: "Dear {{ event.reactor.name }}." },
    {
      name: "Aloud",
      on: "reaction.loudspeaker",
      to: ["elsewhere", "hook"],
      message: "Heard: {{ event.message.text }}",
    },
    {
      name: "Fields",
      on: "reaction.memo",
      to: "thread",
      message: FIELDS.map((field) => `${field}={{ event.${field} }}`).join("\n"),
    },
    { name: "Undo", on: "reaction.hand", to: "thread", message: "Stop.", undo: true },
    {
      name: "No bots",
      on: "reaction.gear",
      who: { not: "bots" },
      to: "thread",
      message: "For people.",
    },
    {
      name: "Managers",
      on: "reaction.crown",
      who: users.group ?? "S0000000000",
      to: "thread",
      message: "For managers.",
    },
  ];
  return {
    "mapping/slack/*": { rules },
    [`mapping/slack/${channels.secret}`]: {
      rules: [{ name: "Secret", on: "reaction.lock", to: "thread", message: "Between us." }],
    },
    [`mapping/slack/${channels.welcome}`]: {
      rules: [
        {
          name: "Welcome",
          on: "member_joined",
          to: "ephemeral",
          message: "Welcome, {{ event.actor.name }}.",
        },
      ],
    },
    "destination/elsewhere": { type: "channel", channel: channels.elsewhere, limit: "none" },
    "destination/hook": { type: "webhook", url: hook, limit: "none" },
  };
}

/** What Causeway does about reactions, seen from a Slack: the built Worker on bare workerd. */
export function describeReactions(name: string, open: () => Promise<SlackSide>): void {
  describe(`reactions in the Slack of ${name}`, () => {
    let slack: SlackSide;
    let causeway: CausewayProcess;
    let origin: string;
    /** Events that the suite sent itself and that were taken, and how many of them for a second time. */
    let sent = 0;
    let repeated = 0;
    let asked = 0;

    beforeAll(async () => {
      slack = await open();
      causeway = await createCausewayProcess(
        {
          ADMIN_TOKEN: ADMIN,
          SLACK_BOT_TOKEN: slack.botToken,
          SLACK_SIGNING_SECRET: slack.signingSecret,
          SLACK_API_URL: `${slack.origin}/api/`,
          SLACK_HOOK_ORIGINS: slack.origin,
        },
        documents(slack),
      );
      origin = await causeway.start();
      slack.connect(origin);
    }, 120_000);

    afterAll(async () => {
      await causeway.remove();
      await slack.close();
    });

    /** Skips a case that this Slack cannot take part in, and prints why. */
    function needs(lacking: string | undefined, skip: (reason: string) => never): void {
      if (lacking === undefined) return;
      console.info(`Skipped: ${lacking}.`);
      skip(lacking);
    }

    /** Bob asks, each time in the next channel, so that no answer waits for the pace of another. */
    async function ask(text = "Can somebody help?"): Promise<Question> {
      const { open: channels } = slack.channels;
      const channel = channels[asked++ % channels.length] ?? "";
      return { channel, ts: (await slack.say(slack.users.bob.id, channel, text)).ts };
    }

    async function react({ id }: Person, { channel, ts }: Question, emoji: string) {
      await slack.react(id, channel, ts, emoji);
    }

    /** What the bot has said in a message's thread. */
    function answers({ channel, ts }: Question): string[] {
      return slack
        .messages(channel)
        .filter(({ user, thread }) => user === slack.users.bot && thread === ts)
        .map(({ text }) => text);
    }

    /** Waits until the Relay has every event and is done with it. */
    async function settled(): Promise<void> {
      await expect
        .poll(async () => (await admin<Ledger>("/ledger")).total, PATIENCE)
        .toMatchObject({ received: slack.answered().length + sent, pending: 0 });
    }

    async function admin<T>(path: string): Promise<T> {
      const response = await fetch(`${origin}/admin/api${path}`, {
        headers: { authorization: `Bearer ${ADMIN}` },
      });
      return (await response.json()) as T;
    }

    /** The events with this emoji, newest first. */
    async function events(emoji: string): Promise<Listed[]> {
      return (await admin<{ items: Listed[] }>(`/events?type=reaction.${emoji}`)).items;
    }

    /** Sends an event itself, with everything that Slack's own have. */
    async function send(body: string, secret: string, headers = {}): Promise<number> {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const mac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
      const response = await fetch(`${origin}/slack/events`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": `v0=${mac}`,
          ...headers,
        },
        body,
      });
      if (response.ok) sent += 1;
      return response.status;
    }

    /** @see https://docs.slack.dev/reference/events/reaction_added */
    function reactionAdded({ channel, ts }: Question, reaction: string, id: string): string {
      const { alice, bob, bot } = slack.users;
      const seconds = Math.floor(Date.now() / 1000);
      const authorization = { enterprise_id: null, team_id: slack.team, user_id: bot };
      return JSON.stringify({
        token: "XXYYZZ",
        team_id: slack.team,
        api_app_id: "A123ABC456",
        event: {
          type: "reaction_added",
          user: alice.id,
          reaction,
          item_user: bob.id,
          item: { type: "message", channel, ts },
          event_ts: `${seconds}.083113`,
        },
        type: "event_callback",
        authorizations: [{ ...authorization, is_bot: true, is_enterprise_install: false }],
        event_id: id,
        event_context: "EC123ABC456",
        event_time: seconds,
        is_ext_shared_channel: false,
        context_team_id: slack.team,
        context_enterprise_id: null,
      });
    }

    it("answers in the thread of a message in the channel", async () => {
      const question = await ask();
      await react(slack.users.alice, question, "escalate");
      await settled();
      expect(answers(question)).toEqual(["Open a ticket."]);
      expect(await events("escalate")).toMatchObject([{ state: "delivered", reason: null }]);
    });

    it("answers a reply in the thread that it is in", async () => {
      const { alice, bob } = slack.users;
      const question = await ask();
      const { channel } = question;
      const { ts } = await slack.say(alice.id, channel, "I can.", question.ts);
      await react(bob, { channel, ts }, "escalate");
      await settled();
      expect(answers(question)).toEqual(["Open a ticket."]);
      expect(answers({ channel, ts })).toEqual([]);
    });

    it("answers three people once", async () => {
      const { alice, bob, carol } = slack.users;
      const question = await ask();
      await Promise.all([alice, bob, carol].map((person) => react(person, question, "escalate")));
      await settled();
      expect(answers(question)).toEqual(["Open a ticket."]);
      const states = (await events("escalate")).slice(0, 3).map(({ state }) => state);
      expect(states.toSorted()).toEqual(["delivered", "filtered", "filtered"]);
    });

    it("answers another emoji by its own rule", async () => {
      const question = await ask();
      await react(slack.users.alice, question, "books");
      await react(slack.users.alice, question, "escalate");
      await settled();
      expect(answers(question).toSorted()).toEqual(["Open a ticket.", "Read the runbook."]);
    });

    it("takes each emoji of a rule, and answers once for all of them", async () => {
      const [one, other] = [await ask(), await ask()];
      await react(slack.users.alice, one, "mag");
      await react(slack.users.bob, one, "eyes");
      await react(slack.users.bob, other, "microscope");
      await settled();
      expect(answers(one)).toEqual(["Somebody is looking."]);
      expect(answers(other)).toEqual(["Somebody is looking."]);
    });

    it("knows an emoji under its other names and in every skin tone", async () => {
      const [one, other] = [await ask(), await ask()];
      await react(slack.users.alice, one, "+1::skin-tone-6");
      await react(slack.users.bob, one, "thumbsup");
      await react(slack.users.alice, other, "thumbsup::skin-tone-2");
      await settled();
      expect(answers(one)).toEqual(["Agreed."]);
      expect(answers(other)).toEqual(["Agreed."]);
    });

    it("says nothing to an emoji without a rule", async () => {
      const question = await ask();
      await react(slack.users.alice, question, "tada");
      await settled();
      expect(answers(question)).toEqual([]);
      expect(await events("tada")).toMatchObject([
        { state: "filtered", reason: "no rule matched" },
      ]);
    });

    it("answers each person who reacted where only they see it", async () => {
      const { alice, bob, bot } = slack.users;
      const question = await ask();
      await react(alice, question, "shushing_face");
      await react(bob, question, "shushing_face");
      await settled();
      const shown = slack.messages(question.channel).filter(({ onlyFor }) => onlyFor !== null);
      expect(shown.toSorted((a, b) => a.text.localeCompare(b.text))).toMatchObject([
        { user: bot, onlyFor: alice.id, thread: null, text: `Only for ${alice.name}.` },
        { user: bot, onlyFor: bob.id, thread: null, text: `Only for ${bob.name}.` },
      ]);
      expect(answers(question)).toEqual([]);
    });

    it("answers in the direct messages of who reacted, and opens them", async () => {
      const { alice, bot } = slack.users;
      expect(slack.messages(alice.id)).toEqual([]);
      await react(alice, await ask(), "email");
      await settled();
      expect(slack.messages(alice.id)).toMatchObject([
        { user: bot, thread: null, text: `Dear ${alice.name}.` },
      ]);
    });

    it("writes directly to who is not in the channel, and says about what", async () => {
      const { channels, users } = slack;
      const { bob, bot } = users;
      const { ts } = await slack.say(bob.id, channels.welcome, "Anybody here?");
      await react(bob, { channel: channels.welcome, ts }, "shushing_face");
      await settled();
      const [written, ...more] = slack.messages(bob.id);
      expect(written).toMatchObject({ user: bot, thread: null, onlyFor: null });
      expect(written?.text).toMatch(
        new RegExp(`/p${ts.replace(".", "")}\\|.+>:\nOnly for ${bob.name}\\.$`),
      );
      expect(more).toEqual([]);
    });

    it("answers in a private channel that the bot is in", async () => {
      const { channels, users } = slack;
      const { ts } = await slack.say(users.bob.id, channels.secret, "Between us?");
      const question = { channel: channels.secret, ts };
      await react(users.alice, question, "lock");
      await settled();
      expect(answers(question)).toEqual(["Between us."]);
    });

    it("sends to a channel and to an incoming webhook", async () => {
      const { elsewhere, hooked } = slack.channels;
      await react(slack.users.alice, await ask("Is it down?"), "loudspeaker");
      await settled();
      expect(slack.messages(elsewhere)).toMatchObject([
        { user: slack.users.bot, thread: null, text: "Heard: Is it down?" },
      ]);
      expect(slack.messages(hooked)).toMatchObject([{ thread: null, text: "Heard: Is it down?" }]);
    });

    it("answers below a message that no person wrote", async () => {
      const { hooked } = slack.channels;
      await react(slack.users.alice, await ask("Is it up?"), "loudspeaker");
      await settled();
      const { ts = "" } = slack.messages(hooked).at(-1) ?? {};
      await react(slack.users.alice, { channel: hooked, ts }, "escalate");
      await settled();
      expect(answers({ channel: hooked, ts })).toEqual(["Open a ticket."]);
    });

    it("tells a template who wrote, who reacted, where and what", async () => {
      const { alice, bob, carol } = slack.users;
      const question = await ask(`Who takes &lt;this&gt; &amp; that, <@${carol.id}>?\nToday?`);
      await react(alice, question, "memo");
      await settled();
      const [said = ""] = answers(question);
      const [text, link] = said.split("\nmessage.permalink=");
      expect(text?.split("\n")).toEqual([
        `author.id=${bob.id}`,
        `author.name=${bob.name}`,
        `reactor.id=${alice.id}`,
        `reactor.name=${alice.name}`,
        `channel.id=${question.channel}`,
        expect.stringMatching(/^channel\.name=support[-_]/),
        `message.text=Who takes &lt;this&gt; &amp; that, @${carol.name}?`,
        "Today?",
      ]);
      expect(link).toMatch(
        new RegExp(`^https?://.+/archives/${question.channel}/p${question.ts.replace(".", "")}$`),
      );
    });

    it("welcomes who joins a channel", async () => {
      const { carol, bot } = slack.users;
      await slack.join(carol.id, slack.channels.welcome);
      await settled();
      const said = slack.messages(slack.channels.welcome).filter(({ user }) => user === bot);
      expect(said).toMatchObject([{ onlyFor: carol.id, text: `Welcome, ${carol.name}.` }]);
    });

    it("does not answer itself", async () => {
      const question = await ask();
      await slack.react(slack.users.bot, question.channel, question.ts, "books");
      await settled();
      expect(answers(question)).toEqual([]);
      expect((await events("books"))[0]).toMatchObject({
        state: "filtered",
        reason: "Causeway did it itself",
      });
    });

    it("does not answer bots when a rule says so", async () => {
      const question = await ask();
      await react(slack.users.robot, question, "gear");
      await settled();
      expect(answers(question)).toEqual([]);
      expect(await events("gear")).toMatchObject([{ state: "filtered" }]);
      await react(slack.users.alice, question, "gear");
      await settled();
      expect(answers(question)).toEqual(["For people."]);
    });

    it("answers only members of a user group when a rule says so", async ({ skip }) => {
      needs(slack.cannot.groups, skip);
      const question = await ask();
      await react(slack.users.carol, question, "crown");
      await settled();
      expect(answers(question)).toEqual([]);
      await react(slack.users.alice, question, "crown");
      await settled();
      expect(answers(question)).toEqual(["For managers."]);
    });

    it("says why one of its messages came", async ({ skip }) => {
      needs(slack.cannot.bots, skip);
      const { alice, bot } = slack.users;
      const question = await ask();
      await react(alice, question, "escalate");
      await settled();
      const { channel } = question;
      const answer = slack.messages(channel).find(({ thread }) => thread === question.ts);
      await react(alice, { channel, ts: answer?.ts ?? "" }, "question");
      await settled();
      const shown = slack.messages(channel).filter(({ onlyFor }) => onlyFor === alice.id);
      expect(shown.at(-1)).toMatchObject({
        user: bot,
        thread: question.ts,
        text: expect.stringContaining("Escalate"),
      });
    });

    it("takes an answer back when who called it forth does", async () => {
      const { alice, bob } = slack.users;
      const question = await ask();
      const { channel, ts } = question;
      await react(alice, question, "hand");
      await settled();
      await react(bob, question, "hand");
      await slack.unreact(bob.id, channel, ts, "hand");
      await settled();
      expect(answers(question)).toEqual(["Stop."]);
      await slack.unreact(alice.id, channel, ts, "hand");
      await settled();
      expect(answers(question)).toEqual([]);
      await react(alice, question, "hand");
      await settled();
      expect(answers(question)).toEqual(["Stop."]);
    });

    it("takes an event that Slack sends again once", async () => {
      const question = await ask();
      const body = reactionAdded(question, "escalate", `Ev${crypto.randomUUID()}`);
      const { total } = await admin<Ledger>("/ledger");
      expect(await send(body, slack.signingSecret)).toBe(200);
      const again = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
      expect(await send(body, slack.signingSecret, again)).toBe(200);
      repeated += 1;
      await settled();
      expect(answers(question)).toEqual(["Open a ticket."]);
      expect((await admin<Ledger>("/ledger")).total).toEqual({
        ...total,
        received: total.received + 2,
        delivered: total.delivered + 1,
        duplicate: total.duplicate + 1,
        deliveries: expect.anything(),
      });
    });

    it("refuses what Slack did not sign, and stores nothing of it", async () => {
      const question = await ask();
      const body = reactionAdded(question, "escalate", `Ev${crypto.randomUUID()}`);
      const before = await admin<Ledger>("/ledger");
      expect(await send(body, `${slack.signingSecret}x`)).toBe(401);
      expect(await admin<Ledger>("/ledger")).toEqual(before);
      expect(answers(question)).toEqual([]);
    });

    it("answers without the scope to read a message, and says which scope it lacks", async () => {
      const { alice, bob } = slack.users;
      const question = await ask();
      const { channel } = question;
      const { ts: reply } = await slack.say(alice.id, channel, "I can.", question.ts);
      const other = await ask();
      slack.take("channels:history");
      await react(alice, other, "escalate");
      // Which thread a reply is in it cannot know; Slack would put it into the right one.
      await react(bob, { channel, ts: reply }, "escalate");
      await settled();
      slack.give("channels:history");
      expect(answers(other)).toEqual(["Open a ticket."]);
      expect([...answers(question), ...answers({ channel, ts: reply })]).toEqual([
        "Open a ticket.",
      ]);
      expect((await events("escalate"))[0]).toMatchObject({
        state: "delivered",
        reason: expect.stringContaining("channels:history"),
      });
      await expect
        .poll(async () => await (await fetch(`${origin}/health`)).json(), PATIENCE)
        .toMatchObject({
          problems: [
            expect.stringMatching(/lacks the scope channels:history.*conversations\.replies/),
          ],
        });
    });

    it("has counted every event, and lost none", async () => {
      await settled();
      const { namespaces, total } = await admin<Ledger>("/ledger");
      expect(namespaces.map(({ namespace }) => namespace)).toEqual([`slack/${slack.team}`]);
      const { received, delivered, filtered, duplicate, pending, failed, unreadable } = total;
      expect(delivered + filtered + duplicate + pending + failed + unreadable).toBe(received);
      expect({ received, duplicate, pending, failed, unreadable }).toEqual({
        received: slack.answered().length + sent,
        duplicate: repeated,
        pending: 0,
        failed: 0,
        unreadable: 0,
      });
      expect(slack.answered().filter((status) => status !== 200)).toEqual([]);
      expect(await admin("/problems")).toEqual({ items: [] });
    });
  });
}
