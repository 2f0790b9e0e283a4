import { DeliveryQuery } from "../delivery-query.ts";
import { RetryRequest } from "../retry-request.ts";
import {
  DeliveryAnswer,
  FailuresAnswer,
  RetriedAnswer,
  RetriedOneAnswer,
} from "./delivery-answers.ts";
import { BAD_BODY, BAD_QUERY, type Operation } from "./operation.ts";
import { DeliveryId, pageOf } from "./shapes.ts";

/** What `/deliveries` and `/failures` can be asked. */
export const DELIVERY_OPERATIONS: Operation[] = [
  {
    method: "GET",
    path: "/deliveries",
    id: "listDeliveries",
    tag: "What happened",
    summary: "List the messages that were or are to be sent, those of the newest events first.",
    about: "All those of an event are on one page, which may be longer than `limit` therefore.",
    query: DeliveryQuery,
    answers: [{ status: 200, about: "A page of deliveries.", schema: pageOf(DeliveryAnswer) }],
    refusals: [BAD_QUERY],
    example: "?state=failed&destination=licensing",
    verb: "causeway deliveries --state failed --destination licensing",
  },
  {
    method: "GET",
    path: "/failures",
    id: "listFailures",
    tag: "What happened",
    summary: "List what is stuck, grouped by destination and cause, with the fix.",
    answers: [{ status: 200, about: "The groups, the largest first.", schema: FailuresAnswer }],
    verb: "causeway failed",
  },
  {
    method: "POST",
    path: "/deliveries/retry",
    id: "retryDeliveries",
    tag: "What happened",
    summary: "Send failed deliveries again, a page at a time.",
    about:
      "What would only be refused again is left out, unless its `cause` is named. Ask again with `next` as `cursor` until it is null.",
    body: {
      schema: RetryRequest,
      example: { destination: "licensing", since: "2026-11-22T00:00:00Z" },
    },
    answers: [{ status: 200, about: "What was sent again.", schema: RetriedAnswer }],
    refusals: [BAD_BODY],
    verb: "causeway retry --destination licensing",
  },
  {
    method: "POST",
    path: "/deliveries/:id/retry",
    id: "retryDelivery",
    tag: "What happened",
    summary: "Send one delivery again that failed or waits, at once.",
    params: { id: DeliveryId },
    answers: [{ status: 200, about: "It is about to be sent.", schema: RetriedOneAnswer }],
    refusals: [
      { status: 404, code: "not_found", when: "no such delivery is stored (any more)" },
      { status: 409, code: "already_delivered", when: "it arrived; replay its event instead" },
      {
        status: 409,
        code: "not_a_delivery",
        when: "nothing was to be sent: it was filtered, or is in shadow mode",
      },
    ],
    verb: "causeway retry <id>",
  },
];
