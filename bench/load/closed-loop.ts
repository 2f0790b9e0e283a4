import type { Connection } from "./connection.ts";
import type { Recorder } from "./record.ts";

import { nowMicros } from "../processes/clock.ts";

/** Keeps every connection busy until `wantMore` says no, then waits for the last answers. */
export async function runClosedLoop(
  connections: Connection[],
  recorder: Recorder,
  wantMore: (sent: number) => boolean,
): Promise<void> {
  let sent = 0;
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          function next(): void {
            if (!wantMore(sent)) return resolve();
            const index = sent;
            sent += 1;
            const request = recorder.request(index);
            recorder.sent(index, nowMicros());
            connection.send(request, (status) => {
              recorder.answered(index, status);
              // After a failed connection every further request would fail at once, for ever.
              if (status === 0) resolve();
              else next();
            });
          }
          next();
        }),
    ),
  );
}
