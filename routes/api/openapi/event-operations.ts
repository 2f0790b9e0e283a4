import { EventQuery } from "../event-query.ts";
import { ReplayQuery } from "../replay-query.ts";
import { EventAnswer, ReplayAnswer, ShownEventAnswer } from "./event-answers.ts";
import { BAD_QUERY, NO_EVENT, type Operation } from "./operation.ts";
import { EventId, pageOf } from "./shapes.ts";

/** What `/events` can be asked. */
export const EVENT_OPERATIONS: Operation[] = [
  {
    method: "GET",
    path: "/events",
    id: "listEvents",
    tag: "What happened",
    summary: "List what was received, newest first.",
    about:
      "With a rare filter a page may be short or empty and still have a `next`: each call looks at the next 5,000 events of a namespace.",
    query: EventQuery,
    answers: [{ status: 200, about: "A page of events.", schema: pageOf(EventAnswer) }],
    refusals: [BAD_QUERY],
    example: "?project=gitlab-com/support&type=issue.*&limit=20",
    verb: "causeway events --project gitlab-com/support --type 'issue.*' --limit 20",
  },
  {
    method: "GET",
    path: "/events/:id",
    id: "showEvent",
    tag: "What happened",
    summary: "Show one event: its payload, what each rule made of it, and every delivery.",
    about: "The rules are those of the mappings as they were then.",
    params: { id: EventId },
    answers: [{ status: 200, about: "The event.", schema: ShownEventAnswer }],
    refusals: [NO_EVENT],
    verb: "causeway event <id>",
  },
  {
    method: "GET",
    path: "/events/:id/body",
    id: "readEventBody",
    tag: "What happened",
    summary: "Read the body as it was sent, nothing left out.",
    params: { id: EventId },
    answers: [{ status: 200, about: "The bytes that came.", schema: null }],
    refusals: [NO_EVENT],
  },
  {
    method: "POST",
    path: "/events/:id/replay",
    id: "replayEvent",
    tag: "What happened",
    summary: "Send an event once more: by today's rules, as it was, or as a test.",
    params: { id: EventId },
    query: ReplayQuery,
    answers: [{ status: 200, about: "What was made of it.", schema: ReplayAnswer }],
    refusals: [BAD_QUERY, NO_EVENT],
    example: "?to=licensing",
    verb: "causeway replay <id> --to licensing",
  },
];
