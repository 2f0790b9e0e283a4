import { http, problem } from "../http.ts";
import { readBody } from "../read-body.ts";
import { badBody } from "./bad-query.ts";
import { kvUnreadable } from "./kv-unreadable.ts";

/** A Relay has 128 MB of memory, and holds the documents as text and compiled besides what it is at. */
const MAX_BYTES = 8_000_000;

/** A draft of the configuration, run over the events that came. Nothing is sent or stored. */
export const backtests = http.createApp().post("/", async (c) => {
  const bytes = await readBody(c.req.raw, MAX_BYTES);
  if (bytes === null) {
    const message =
      "The documents are more than 8 MB: try fewer at a time, such as one namespace's.";
    return problem(c, 413, "too_large", message);
  }
  const [{ BacktestBody }, { backtestPage }] = await Promise.all([
    import("./backtest-body.ts"),
    import("../../src/operations/backtest/backtest-page.ts"),
  ]);
  const parsed = BacktestBody.safeParse(jsonIn(bytes));
  if (!parsed.success) return badBody(c, parsed.error.issues[0]);
  const { documents, since, cursor, limit } = parsed.data;
  const query = {
    documents,
    since: Date.parse(since),
    cursor: cursor ?? null,
    limit,
    role: c.get("role"),
  };
  const page = await backtestPage(c.env, query, Date.now());
  return page === null ? kvUnreadable(c) : c.json(page);
});

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
