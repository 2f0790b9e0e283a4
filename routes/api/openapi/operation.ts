import type * as z from "zod/mini";

/** A refusal that an operation can give, as `{"error":{"code","message","path"?}}`. */
export type Refusal = {
  status: number;
  /** Null: a word of Slack's, of which there are many. */
  code: string | null;
  /** When, in a sentence. */
  when: string;
  /** What `error` has besides. */
  more?: Record<string, z.ZodMiniType>;
};

/** An answer that is none: what it is, and of what shape; without a schema it is bytes. */
export type Answer = { status: 200 | 201; about: string; schema: z.ZodMiniType | null };

/** What is sent along: a schema, and an example that it takes. */
export type Body = { schema: z.ZodMiniType; example: unknown; about?: string };

/** The schema of an object, which has a parameter for each of its fields. */
type Parameters = z.ZodMiniObject;

/** What one way to ask `/admin/api` is for, takes and answers. Who may use it says {@link viewerMay}. */
export type Operation = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** As the app has it, behind `/admin/api`: `/events/:id`. */
  path: string;
  id: string;
  tag: Tag;
  /** What it does, in one sentence, as a command. */
  summary: string;
  /** What else to know. */
  about?: string;
  /** One for each `:name` of the path, and `key` for its `*`. */
  params?: Record<string, z.ZodMiniType>;
  query?: Parameters;
  headers?: Parameters;
  body?: Body;
  answers: [Answer, ...Answer[]];
  /** Those that every operation can give are added to them. */
  refusals?: Refusal[];
  /** What follows the address in an example; left out: what the path needs. */
  example?: string;
  /** The verb of the command line that does the same. */
  verb?: string;
};

/** By what operations are grouped, in this order. */
export const TAGS = {
  "What happened": "What was received, what became of it, and sending it again.",
  Destinations: "The queue of a destination, in all namespaces at once.",
  Documents: "Mappings, destinations and people, and publishing them.",
  Drafts: "What documents would do that nobody has published.",
  Checks: "What is wrong outside, and what to do about it.",
  People: "Who somebody is in Slack.",
  Hooks: "GitLab's webhooks.",
  "This API": "Its own description.",
} as const;

type Tag = keyof typeof TAGS;

/** The refusals that several operations can give. */
export const BAD_QUERY: Refusal = {
  status: 400,
  code: "bad_query",
  when: "a parameter cannot be used; `path` names it",
};
export const BAD_BODY: Refusal = {
  status: 400,
  code: "bad_body",
  when: "the body cannot be used; `path` says where",
};
export const KV_UNREADABLE: Refusal = {
  status: 503,
  code: "kv_unreadable",
  when: "KV could not be read; nothing was changed",
};
export const NO_EVENT: Refusal = {
  status: 404,
  code: "not_found",
  when: "no such event is stored (any more)",
};
