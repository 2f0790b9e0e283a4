import { LedgerAnswer, ProblemsAnswer } from "./ledger-answers.ts";
import type { Operation } from "./operation.ts";

/** What `/ledger` and `/problems` can be asked. */
export const LEDGER_OPERATIONS: Operation[] = [
  {
    method: "GET",
    path: "/ledger",
    id: "readLedger",
    tag: "What happened",
    summary: "Read the account of every request, of each namespace and of all.",
    answers: [{ status: 200, about: "The sums, which must add up.", schema: LedgerAnswer }],
    verb: "causeway ledger",
  },
  {
    method: "GET",
    path: "/problems",
    id: "listProblems",
    tag: "What happened",
    summary: "List what a person should look at.",
    answers: [
      { status: 200, about: "The namespaces where there is something.", schema: ProblemsAnswer },
    ],
    verb: "causeway problems",
  },
];
