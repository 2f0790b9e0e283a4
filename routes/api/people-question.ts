import * as z from "zod/mini";
import { MEMBER_ID } from "../../src/mappings/schema.ts";

/** One call asks Slack at most so often: the free plan allows a Worker 50 requests at a time. */
const MAX_QUESTIONS = 50;

const few = z.maxLength(MAX_QUESTIONS, { error: `expected at most ${MAX_QUESTIONS}` });
const email = z
  .string({ error: "expected an e-mail address" })
  .check(z.regex(/^[^\s@]{1,200}@[^\s@]{1,200}$/, { error: "expected an e-mail address" }));
const member = z
  .string({ error: "expected a Slack member id such as U0123456789" })
  .check(z.regex(MEMBER_ID, { error: "expected a Slack member id such as U0123456789" }));

/** The body of `POST /admin/api/people/lookup`. */
export const LookupQuestion = z.strictObject({ emails: z.array(email).check(few) });

/** The body of `POST /admin/api/people/check`. */
export const CheckQuestion = z.strictObject({ slack: z.array(member).check(few) });
