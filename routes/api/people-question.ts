import * as z from "zod/mini";
import { MAX_QUESTIONS } from "../../src/checks/people-in-slack.ts";
import { MEMBER_ID } from "../../src/mappings/schema.ts";

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
