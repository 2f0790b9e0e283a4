import * as z from "zod";

/** Words that a later version will understand; until then they are refused with that reason. */
const RESERVED = ["card", "thread", "coalesce", "mention", "digest", "buttons", "budget"];

/** Why a key that means something elsewhere is refused here; null: it means nothing anywhere. */
export function refusalOf(key: string): string | null {
  if (RESERVED.includes(key)) return "not supported yet.";
  return key in SLACK_TERMS ? "only rules of mapping/slack/<channel id> have it." : null;
}

const Word = z.string().min(1).max(500);
const Words = z.union([Word, z.array(Word).min(1)]);

/** Globs that one of an event's values must match, or must not. */
const Globs = z.union([
  Word,
  z.array(Word).min(1),
  z.strictObject({
    any: Words.optional().describe("At least one value matches one of these."),
    all: Words.optional().describe("Each of these is matched by some value."),
    none: Words.optional().describe("No value matches any of these."),
    not: Words.optional().describe("The same as none."),
  }),
]);

export type Globs = z.infer<typeof Globs>;

const When = z.strictObject({
  labels: Globs.optional(),
  labels_added: Globs.optional(),
  labels_removed: Globs.optional(),
  actor: Globs.optional(),
  author: Globs.optional(),
  assignee: Globs.optional(),
  reviewer: Globs.optional(),
  branch: Globs.optional(),
  status: Globs.optional(),
  stage: Globs.optional(),
  source: Globs.optional(),
  severity: Globs.optional(),
  environment: Globs.optional(),
  milestone: Globs.optional(),
  noteable: Globs.optional(),
  project: Globs.optional(),
  changed: Globs.optional(),
  confidential: z.boolean().optional(),
  if: z.string().min(1).optional().describe("A CEL expression over `event` and `payload`."),
});

export type When = z.infer<typeof When>;

const Blocks = z
  .array(z.looseObject({ type: z.string() }))
  .min(1)
  .max(50);

const Message = z.union([
  z.string().min(1),
  z.strictObject({ text: z.string().min(1), blocks: Blocks.optional() }),
]);

/** Workflow Builder takes at most twenty. */
const MAX_VARIABLES = 20;
const Variable = z.union([z.string(), z.number(), z.boolean()]);

const GitlabRule = z.strictObject({
  name: z.string().min(1).max(200),
  on: Words,
  when: When.optional(),
  to: Words,
  variables: z
    .record(z.string(), Variable)
    .refine((variables) => Object.keys(variables).length <= MAX_VARIABLES, {
      error: `expected at most ${MAX_VARIABLES} variables, which is what a Slack workflow takes`,
    })
    .optional(),
  message: Message.optional(),
  style: z.enum(["card", "compact"]).optional(),
  enabled: z.boolean().optional(),
  mode: z.enum(["live", "shadow"]).optional(),
});

/** A Slack member or user group by id, or all bots. */
const Whom = z.string().regex(/^(anyone|bots|[UWS][A-Z0-9]{2,})$/, {
  error:
    'expected "anyone", "bots", a member id such as U0123456789 or a user group id such as S0123456789',
});
const Whoever = z.union([Whom, z.array(Whom).min(1)]);

/** Who may call an answer forth. */
const Who = z.union([
  Whom,
  z.array(Whom).min(1),
  z.strictObject({ any: Whoever.optional(), not: Whoever.optional() }),
]);

export type Who = z.infer<typeof Who>;

const Duration = z.string().regex(/^[1-9]\d{0,4} ?(s|m|h|d)$/, {
  error: "expected a time such as 30s, 10m, 2h or 1d",
});

/** The GitLab issue that is made of a message; every text is a template. */
const Issue = z.strictObject({
  project: z.string().regex(/^[^\s/:]+(\/[^\s/:]+)+$/, {
    error: "expected the path of a GitLab project, such as my-group/my-project",
  }),
  title: z.string().min(1).optional(),
  description: z.string().min(1).optional(),
  labels: z.array(z.string().min(1)).max(20).optional(),
  confidential: z.boolean().optional(),
});

export type Issue = z.infer<typeof Issue>;

const Once = z.enum(["message", "user", "never"]);

export type Once = z.infer<typeof Once>;

/** What only rules on Slack's events have. */
const SLACK_TERMS = {
  who: Who.optional(),
  once: Once.optional(),
  cooldown: Duration.optional(),
  undo: z.boolean().optional(),
  issue: Issue.optional(),
};

const SlackRule = GitlabRule.extend({
  when: When.pick({ actor: true, author: true, if: true }).optional(),
  ...SLACK_TERMS,
});

export type Rule = z.infer<typeof GitlabRule> &
  Pick<z.infer<typeof SlackRule>, keyof typeof SLACK_TERMS>;

const inherit = z.boolean().optional();

/** `mapping/gitlab/<path>`: rules for one group or project. */
export const GitlabMapping = z.strictObject({ inherit, rules: z.array(GitlabRule) });

/** `mapping/slack/<channel id>`: rules for what happens in one channel. */
export const SlackMapping = z.strictObject({ inherit, rules: z.array(SlackRule) });

export type Mapping = { inherit?: boolean | undefined; rules: Rule[] };

const LIMIT = /^([1-9]\d{0,3})\/(second|minute|hour)$/;
const Limit = z.string().refine((limit) => limit === "none" || LIMIT.test(limit), {
  error: 'expected "none" or a number from 1 to 9999 per unit, such as "10/minute" or "1/second"',
});

const HookUrl = z
  .string()
  .refine(
    (url) =>
      url.startsWith("secret:")
        ? /^secret:[A-Za-z_]\w*$/.test(url)
        : /^https?:\/\//i.test(url) && URL.canParse(url),
    { error: "expected secret:NAME (the name of a Worker secret) or a URL" },
  );

export const CHANNEL_ID = /^[CGDU][A-Z0-9]{2,}$/;
const Channel = z.string().regex(CHANNEL_ID, {
  error:
    "expected a Slack channel id such as C0123456789 (in Slack: channel details, at the bottom)",
});
const ShowsIn = Channel.optional().describe(
  "The channel that it posts to, for people who ask what a channel receives.",
);

const Name = z.string().min(1).max(80);
const common = { limit: Limit.optional(), confidential: z.boolean().optional() };

/** `destination/<name>`: a named Slack target. */
export const Destination = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("workflow"),
    url: HookUrl,
    variables: z.array(Name).max(MAX_VARIABLES).optional(),
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
  slack: z.string().regex(/^[UW][A-Z0-9]{2,}$/, {
    error:
      "expected a Slack member id such as U0123456789 (in Slack: the person's profile, ⋮, Copy member ID)",
  }),
});

export type SlackPerson = z.infer<typeof SlackPerson>;
