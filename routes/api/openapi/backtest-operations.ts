import { BacktestBody } from "../backtest-body.ts";
import { BacktestAnswer } from "./backtest-answers.ts";
import { BAD_BODY, KV_UNREADABLE, type Operation } from "./operation.ts";

/** What `/backtests` can be asked. */
export const BACKTEST_OPERATIONS: Operation[] = [
  {
    method: "POST",
    path: "/backtests",
    id: "backtest",
    tag: "Drafts",
    summary: "Run documents that nobody has published over events that came.",
    about:
      "Nothing is sent, stored or asked of Slack. Oldest first within each namespace; a page ends early when bodies are large.",
    body: {
      schema: BacktestBody,
      example: {
        since: "2026-11-16T00:00:00Z",
        documents: [{ key: "mapping/gitlab/acme", text: '{"rules":[]}' }],
      },
      about: "At most 8 MB.",
    },
    answers: [{ status: 200, about: "What would be sent, and what was.", schema: BacktestAnswer }],
    refusals: [
      BAD_BODY,
      { status: 413, code: "too_large", when: "the documents are more than 8 MB" },
      KV_UNREADABLE,
    ],
    verb: "causeway backtest --since 7d",
  },
];
