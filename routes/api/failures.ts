import { failureItem } from "../../src/operations/failures/failure-item.ts";
import { failuresEverywhere } from "../../src/operations/failures/failures-everywhere.ts";
import { http } from "../http.ts";
import type { FailuresAnswer } from "./openapi/delivery-answers.ts";

/** What is stuck, grouped by destination and cause, the most first. */
export const failures = http.createApp().get("/", async (c) => {
  const { groups, complete } = await failuresEverywhere(c.env);
  return c.json({
    items: groups.map(failureItem),
    next: null,
    complete,
  } satisfies FailuresAnswer);
});
