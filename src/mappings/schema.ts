import * as z from "zod/mini";
import { MAX_BLOCKS } from "../slack/max-blocks.ts";

/** Words that a later version will understand; until then they are refused with that reason. */
const RESERVED = ["card", "thread", "coalesce", "mention", "digest", "buttons", "budget"];

/** Why a key that means something elsewhere is refused here; null: it means nothing anywhere. */
export function refusalOf(key: string): string | null {
  if (RESERVED.includes(key)) return "not supported yet.";
  return Object.hasOwn(SLACK_TERMS, key)
    ? "only rules of mapping/slack/<channel id> have it."
    : null;
}

const Text = z.string().check(z.minLength(1));
const Word = z.string().check(z.minLength(1), z.maxLength(500));
const Words = z.union([Word, z.array(Word).check(z.minLength(1))]);

/** Globs that one of an event's values must match, or must not. */
const Globs = z.union([
  Word,
  z.array(Word).check(z.minLength(1)),
  z.strictObject({
    any: z.optional(Words.check(z.describe("At least one value matches one of these."))),
    all: z.optional(Words.check(z.describe("Each of these is matched by some value."))),
    none: z.optional(Words.check(z.describe("No value matches any of these."))),
    not: z.optional(Words.check(z.describe("The same as none."))),
  }),
]);

export type Globs = z.infer<typeof Globs>;

const When = z.strictObject({
  labels: z.optional(Globs),
  labels_added: z.optional(Globs),
  labels_removed: z.optional(Globs),
  actor: z.optional(Globs),
  author: z.optional(Globs),
  assignee: z.optional(Globs),
  reviewer: z.optional(Globs),
  branch: z.optional(Globs),
  status: z.optional(Globs),
  stage: z.optional(Globs),
  source: z.optional(Globs),
  severity: z.optional(Globs),
  environment: z.optional(Globs),
  milestone: z.optional(Globs),
  noteable: z.optional(Globs),
  project: z.optional(Globs),
  changed: z.optional(Globs),
  confidential: z.optional(z.boolean()),
  if: z.optional(Text.check(z.describe("A CEL expression over `event` and `payload`."))),
});

export type When = z.infer<typeof When>;

/** A field of `when` that looks at values of the event. */
export type WhenField = Exclude<keyof When, "confidential" | "if">;

const Blocks = z
  .array(z.looseObject({ type: z.string() }))
  .check(z.minLength(1), z.maxLength(MAX_BLOCKS));

const Message = z.union([Text, z.strictObject({ text: Text, blocks: z.optional(Blocks) })]);

/** Workflow Builder takes at most twenty, and names of so many characters. */
export const MAX_VARIABLES = 20;
export const MAX_VARIABLE_NAME = 80;
/** So many characters has at most the name of a rule. */
export const MAX_RULE_NAME = 200;
const Variable = z.union([z.string(), z.number(), z.boolean()]);

const GitlabRule = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(MAX_RULE_NAME)),
  on: Words,
  when: z.optional(When),
  to: Words,
  variables: z.optional(
    z.record(z.string(), Variable).check(
      z.refine((variables) => Object.keys(variables).length <= MAX_VARIABLES, {
        error: `expected at most ${MAX_VARIABLES} variables, which is what a Slack workflow takes`,
      }),
    ),
  ),
  message: z.optional(Message),
  style: z.optional(z.enum(["card", "compact"])),
  enabled: z.optional(z.boolean()),
  mode: z.optional(z.enum(["live", "shadow"])),
});

/** A Slack member or user group by id, or all bots. */
const Whom = z.string().check(
  z.regex(/^(anyone|bots|[UWS][A-Z0-9]{2,})$/, {
    error:
      'expected "anyone", "bots", a member id such as U0123456789 or a user group id such as S0123456789',
  }),
);
const Whoever = z.union([Whom, z.array(Whom).check(z.minLength(1))]);

/** Who may call an answer forth. */
const Who = z.union([
  Whom,
  z.array(Whom).check(z.minLength(1)),
  z.strictObject({ any: z.optional(Whoever), not: z.optional(Whoever) }),
]);

export type Who = z.infer<typeof Who>;

const Duration = z.string().check(
  z.regex(/^[1-9]\d{0,4} ?(s|m|h|d)$/, {
    error: "expected a time such as 30s, 10m, 2h or 1d",
  }),
);

/** The GitLab issue that is made of a message; every text is a template. */
const Issue = z.strictObject({
  project: z.string().check(
    z.regex(/^[^\s/:]+(\/[^\s/:]+)+$/, {
      error: "expected the path of a GitLab project, such as my-group/my-project",
    }),
  ),
  title: z.optional(Text),
  description: z.optional(Text),
  labels: z.optional(z.array(Text).check(z.maxLength(20))),
  confidential: z.optional(z.boolean()),
});

export type Issue = z.infer<typeof Issue>;

const Once = z.enum(["message", "user", "never"]);

export type Once = z.infer<typeof Once>;

/** What only rules on Slack's events have. */
const SLACK_TERMS = {
  who: z.optional(Who),
  once: z.optional(Once),
  cooldown: z.optional(Duration),
  undo: z.optional(z.boolean()),
  issue: z.optional(Issue),
};

const SlackRule = z.extend(GitlabRule, {
  when: z.optional(z.pick(When, { actor: true, author: true, if: true })),
  ...SLACK_TERMS,
});

export type Rule = z.infer<typeof GitlabRule> &
  Pick<z.infer<typeof SlackRule>, keyof typeof SLACK_TERMS>;

const inherit = z.optional(z.boolean());

/** `mapping/gitlab/<path>`: rules for one group or project. */
export const GitlabMapping = z.strictObject({ inherit, rules: z.array(GitlabRule) });

/** `mapping/slack/<channel id>`: rules for what happens in one channel. */
export const SlackMapping = z.strictObject({ inherit, rules: z.array(SlackRule) });

export type Mapping = { inherit?: boolean | undefined; rules: Rule[] };

const LIMIT = /^([1-9]\d{0,3})\/(second|minute|hour)$/;
const Limit = z.string().check(
  z.refine((limit) => limit === "none" || LIMIT.test(limit), {
    error: 'expected "none" or a number from 1 to 9999 per unit, such as "10/minute" or "1/second"',
  }),
);

const HookUrl = z
  .string()
  .check(
    z.refine(
      (url) =>
        url.startsWith("secret:")
          ? /^secret:[A-Za-z_]\w*$/.test(url)
          : /^https?:\/\//i.test(url) && URL.canParse(url),
      { error: "expected secret:NAME (the name of a Worker secret) or a URL" },
    ),
  );

export const CHANNEL_ID = /^[CGDU][A-Z0-9]{2,}$/;
export const MEMBER_ID = /^[UW][A-Z0-9]{2,30}$/;
const Channel = z.string().check(
  z.regex(CHANNEL_ID, {
    error:
      "expected a Slack channel id such as C0123456789 (in Slack: channel details, at the bottom)",
  }),
);
const ShowsIn = z.optional(
  Channel.check(
    z.describe("The channel that it posts to, for people who ask what a channel receives."),
  ),
);

const Name = z.string().check(z.minLength(1), z.maxLength(MAX_VARIABLE_NAME));
const common = { limit: z.optional(Limit), confidential: z.optional(z.boolean()) };

/** `destination/<name>`: a named Slack target. */
export const Destination = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("workflow"),
    url: HookUrl,
    variables: z.optional(z.array(Name).check(z.maxLength(MAX_VARIABLES))),
    channel: ShowsIn,
    ...common,
  }),
  z.strictObject({
    type: z.literal("channel"),
    channel: Channel,
    ...common,
  }),
  z.strictObject({ type: z.literal("webhook"), url: HookUrl, channel: ShowsIn, ...common }),
]);

export type Destination = z.infer<typeof Destination>;

/** `person/<gitlab username>`: who somebody of GitLab's is in Slack. */
export const SlackPerson = z.strictObject({
  slack: z.string().check(
    z.regex(MEMBER_ID, {
      error:
        "expected a Slack member id such as U0123456789 (in Slack: the person's profile, ⋮, Copy member ID)",
    }),
  ),
});

export type SlackPerson = z.infer<typeof SlackPerson>;
