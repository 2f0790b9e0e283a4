import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { callSlack } from "../../../src/slack/call-slack.ts";

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Calls a method of a server that answers so. */
async function called(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const slack = { token: "xoxb-t", apiUrl: `http://127.0.0.1:${port}/` };
  return await callSlack(slack, "auth.test", {}, () => null);
}

const DOUBT = { outcome: "retry", maybePosted: true, status: 200 };

describe("over a real connection, a Slack", () => {
  it("that begins its answer and hangs is left after five seconds", async () => {
    const began = Date.now();
    const result = await called((response) => response.writeHead(200).write('{"ok":'));
    const answer = { ...DOUBT, said: "no answer within 5 s" };
    expect(result).toEqual({ ok: false, answer, isSlacks: false });
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it("that breaks off is heard of", async () => {
    const result = await called((response) => {
      response.writeHead(200).write('{"ok":true', () => response.destroy());
    });
    expect(result).toMatchObject({ ok: false, answer: DOUBT });
  });

  it("whose answer unpacks to a thousand times its length fills no memory", async () => {
    const packed = gzipSync(Buffer.alloc(200_000_000, "x"));
    const before = process.memoryUsage().rss;
    const result = await called((response) => {
      const headers = { "content-encoding": "gzip", "content-length": packed.length };
      response.writeHead(200, headers).end(packed);
    });
    expect(result).toMatchObject({ ok: false, answer: DOUBT });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});
