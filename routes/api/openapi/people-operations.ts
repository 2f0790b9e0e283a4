import { CheckQuestion, LookupQuestion } from "../people-question.ts";
import { BAD_BODY, type Operation, type Refusal } from "./operation.ts";
import { LookupAnswer, PeopleCheckAnswer } from "./people-answers.ts";

const refusals: Refusal[] = [
  BAD_BODY,
  {
    status: 422,
    code: null,
    when: "Slack does not answer: no bot token is set (`no_token`), or in Slack's word why",
  },
  { status: 502, code: "slack_silent", when: "Slack cannot be reached" },
];
const about = "As many as fit into a few seconds; ask for the rest after `retryAfterSeconds`.";

/** What `/people` can be asked. */
export const PEOPLE_OPERATIONS: Operation[] = [
  {
    method: "POST",
    path: "/people/lookup",
    id: "lookUpPeople",
    tag: "People",
    summary: "Ask Slack who has these e-mail addresses; at most 50.",
    about,
    body: { schema: LookupQuestion, example: { emails: ["amina@example.com"] } },
    answers: [{ status: 200, about: "In the order of the question.", schema: LookupAnswer }],
    refusals,
    verb: "causeway people import team.csv --by-email",
  },
  {
    method: "POST",
    path: "/people/check",
    id: "checkPeople",
    tag: "People",
    summary: "Ask Slack whether these members are still there; at most 50.",
    about,
    body: { schema: CheckQuestion, example: { slack: ["U0123456789"] } },
    answers: [{ status: 200, about: "In the order of the question.", schema: PeopleCheckAnswer }],
    refusals,
    verb: "causeway people check config",
  },
];
