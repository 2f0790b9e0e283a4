import { problems as problemsOfAll } from "../../src/operations/overview/problems.ts";
import { http } from "../http.ts";
import type { ProblemsAnswer } from "./openapi/ledger-answers.ts";

/** What a person should look at. */
export const problems = http
  .createApp()
  .get("/", async (c) => c.json({ items: await problemsOfAll(c.env) } satisfies ProblemsAnswer));
