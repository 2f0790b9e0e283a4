import * as z from "zod/mini";
import { LARGEST_PAGE } from "../../src/operations/largest-page.ts";
import { MAX_SEARCH } from "../../src/operations/events/read-search.ts";
import { EVENT_STATES } from "../../src/relay/event-state.ts";
import { CURSOR, limitOf } from "./page-query.ts";

const Words = z.string().check(z.maxLength(200, { error: "expected at most 200 characters" }));

/** What `GET /admin/api/events` is asked with. */
export const EventQuery = z.object({
  project: z.optional(
    z.string().check(
      z.meta({
        description: "A path, with everything below it, or the id of a Slack channel.",
        examples: ["gitlab-com/support"],
      }),
    ),
  ),
  type: z.optional(
    Words.check(
      z.meta({ description: "A type, or its beginning and a `*`.", examples: ["issue.*"] }),
    ),
  ),
  state: z.optional(
    z
      .enum(EVENT_STATES, { error: `expected one of ${EVENT_STATES.join(", ")}` })
      .check(z.describe("What became of it.")),
  ),
  text: z.optional(
    Words.check(
      z.meta({ description: "Looked for in titles, types and paths.", examples: ["renewal"] }),
    ),
  ),
  destination: z.optional(
    Words.check(
      z.meta({ description: "One that it went to, or was to go to.", examples: ["licensing"] }),
    ),
  ),
  since: z.optional(
    z.iso
      .datetime({ error: "expected a time such as 2026-11-22T00:00:00Z" })
      .check(
        z.meta({ description: "Received at or after it.", examples: ["2026-11-22T00:00:00Z"] }),
      ),
  ),
  about: z.optional(
    z.string().check(
      z.maxLength(MAX_SEARCH),
      z.meta({
        description:
          "The address of an issue, epic or merge request; comments on it are about it too.",
        examples: ["https://gitlab.com/gitlab-com/support/-/issues/12"],
      }),
    ),
  ),
  limit: limitOf(LARGEST_PAGE, 50),
  cursor: z.optional(
    z
      .string()
      .check(z.regex(/^\d{1,16}$/, { error: 'expected the "next" of an earlier answer' }), CURSOR),
  ),
});
