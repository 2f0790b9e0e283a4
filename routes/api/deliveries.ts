import { http, problem } from "../http.ts";
import { findById, notFound } from "./find-by-id.ts";

/** The messages that were or are to be sent. */
export const deliveries = http.createApp().post("/:id/retry", async (c) => {
  const found = await findById(c.env, c.req.param("id"));
  if (found === null || found.n === null) return notFound(c, "delivery");
  const result = await found.relay.retry(found.key, found.n);
  switch (result) {
    case "retried":
      return c.json({ id: c.req.param("id"), state: "pending" });
    case "not_found":
      return notFound(c, "delivery");
    case "already_delivered":
      return problem(
        c,
        409,
        result,
        "It was delivered already; replay its event to send it once more.",
      );
    case "not_a_delivery":
      return problem(
        c,
        409,
        result,
        "Nothing was to be sent here: it was filtered or is in shadow mode.",
      );
  }
});
