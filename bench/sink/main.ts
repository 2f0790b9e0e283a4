import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { answerQuestions } from "../processes/ask.ts";
import { nowMicros } from "../processes/clock.ts";
import { NUMBER_DIGITS, NUMBER_PREFIX } from "../load/event-number.ts";
import type { SinkAnswer, SinkQuestion } from "./sink.ts";

/** When each event's message arrived first, by event number. */
const arrivals = new Map<number, number>();
const repeated: number[] = [];
let unreadable = 0;

const EVENT_NUMBER = new RegExp(`${NUMBER_PREFIX}(\\d{${NUMBER_DIGITS}})`);

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("latin1").on("data", (chunk) => (body += String(chunk)));
  request.on("end", () => {
    record(body);
    response.writeHead(200, { "content-type": "text/plain", "content-length": 2 }).end("ok");
  });
});
// Longer than any pause of a run: a connection closed here would look like a fault of the sender.
server.keepAliveTimeout = 600_000;

server.listen(0, "127.0.0.1", () => {
  answerQuestions<SinkQuestion, SinkAnswer>(({ from, count, times }) => {
    const arrivedAt = Float64Array.from({ length: count }, (_, i) => arrivals.get(from + i) ?? 0);
    return {
      port: (server.address() as AddressInfo).port,
      arrived: arrivedAt.reduce((sum, at) => sum + (at === 0 ? 0 : 1), 0),
      arrivedAt: times ? arrivedAt : null,
      repeated,
      unreadable,
    };
  });
});

function record(body: string): void {
  const at = nowMicros();
  const number = Number(EVENT_NUMBER.exec(body)?.[1]);
  if (Number.isNaN(number)) unreadable += 1;
  else if (arrivals.has(number)) repeated.push(number);
  else arrivals.set(number, at);
}
