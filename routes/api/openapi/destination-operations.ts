import { PauseRequest, ResumeRequest } from "../destination-request.ts";
import { DiscardedAnswer, PausedAnswer, ResumedAnswer } from "./destination-answers.ts";
import { BAD_BODY, KV_UNREADABLE, type Operation, type Refusal } from "./operation.ts";
import { DestinationName } from "./shapes.ts";

const UNKNOWN: Refusal = {
  status: 404,
  code: "unknown_destination",
  when: "no destination of this name is published, and nothing waits for it",
};
const refusals = [BAD_BODY, UNKNOWN, KV_UNREADABLE];

/** What `/destinations` can be asked. */
export const DESTINATION_OPERATIONS: Operation[] = [
  {
    method: "POST",
    path: "/destinations/:name/pause",
    id: "pauseDestination",
    tag: "Destinations",
    summary: "Send nothing to a destination until somebody resumes it; what comes waits.",
    params: { name: DestinationName },
    body: { schema: PauseRequest, example: { by: "amina", why: "The workflow is being rebuilt" } },
    answers: [{ status: 200, about: "It is paused.", schema: PausedAnswer }],
    refusals,
    verb: 'causeway pause licensing -m "The workflow is being rebuilt"',
  },
  {
    method: "POST",
    path: "/destinations/:name/resume",
    id: "resumeDestination",
    tag: "Destinations",
    summary: "End a person's pause; try at once what Slack stopped.",
    params: { name: DestinationName },
    body: { schema: ResumeRequest, example: { by: "amina" } },
    answers: [{ status: 200, about: "What that did, by namespace.", schema: ResumedAnswer }],
    refusals,
    verb: "causeway resume licensing",
  },
  {
    method: "POST",
    path: "/destinations/:name/discard",
    id: "discardWaiting",
    tag: "Destinations",
    summary: "Give up what waits for a destination.",
    about: "Up to 500 messages of each namespace at a time, the oldest first.",
    params: { name: DestinationName },
    body: { schema: PauseRequest, example: { by: "amina", why: "Too late to be of use" } },
    answers: [{ status: 200, about: "How many were given up.", schema: DiscardedAnswer }],
    refusals,
    verb: 'causeway discard licensing -m "Too late to be of use"',
  },
];
