import type { Load, LoadResult } from "./load.ts";

import { answerQuestions } from "../processes/ask.ts";
import { nowMicros } from "../processes/clock.ts";
import { runClosedLoop } from "./closed-loop.ts";
import { openConnection } from "./connection.ts";
import { runOpenLoop } from "./open-loop.ts";
import { record } from "./record.ts";
import { requestWriter } from "./request.ts";

/** Open-loop requests use as many connections as they need; this many are open from the start. */
const OPEN_LOOP_CONNECTIONS = 8;

answerQuestions<Load, LoadResult>(async (load) => {
  const { port, pace } = load;
  const recorder = record(load.from, requestWriter(load));
  const count = pace.kind === "closed" ? pace.connections : OPEN_LOOP_CONNECTIONS;
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)));
  async function open() {
    const connection = await openConnection(port);
    connections.push(connection);
    return connection;
  }
  if (pace.kind === "open") {
    await runOpenLoop(connections, open, recorder, pace.perSecond, pace.seconds);
  } else {
    const end = nowMicros() + (pace.seconds ?? Number.POSITIVE_INFINITY) * 1_000_000;
    const most = pace.events ?? Number.POSITIVE_INFINITY;
    await runClosedLoop(connections, recorder, (sent) => sent < most && nowMicros() < end);
  }
  for (const connection of connections) connection.close();
  return recorder.result();
});
