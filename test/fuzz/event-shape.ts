import * as z from "zod";

const text = z.string().nullable();
const Person = z.strictObject({
  username: text,
  name: z.string().min(1).nullable(),
  bot: z.boolean(),
  id: z.string().optional(),
  gitlab: text.optional(),
});

/** What every event is, whatever it was made of; `src/event.ts` says it for the compiler. */
export const EventShape = z.strictObject({
  id: z.string(),
  type: z.string().min(1),
  types: z
    .array(z.string().min(1))
    .min(1)
    .refine((types) => new Set(types).size === types.length),
  kind: z.string(),
  action: z.string(),
  echo: z.boolean(),
  at: z.iso
    .datetime()
    .or(z.string().regex(/^[+-]\d{6}-/))
    .nullable(),
  iid: text,
  title: text,
  url: text,
  text,
  confidential: z.boolean(),
  labels: z.array(z.string().min(1)),
  labelsAdded: z.array(z.string().min(1)),
  labelsRemoved: z.array(z.string().min(1)),
  changed: z.array(z.string()),
  ref: text,
  status: text,
  environment: text,
  milestone: text,
  stages: z.array(z.string()),
  source: text,
  severity: text,
  on: text,
  project: z.strictObject({ path: z.string(), name: z.string(), url: text }).nullable(),
  group: z.strictObject({ path: z.string() }).nullable(),
  path: text,
  actor: Person.nullable(),
  author: Person.nullable(),
  assignees: z.array(Person),
  reviewers: z.array(Person),
  subject: z.string(),
  large: z.boolean(),
  attributes: z.looseObject({}),
  details: z.looseObject({ of: z.string() }),
});
