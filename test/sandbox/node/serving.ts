import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";

import { createSlack, type SlackOptions } from "../../../src/sandbox/slack.ts";

/** A stand-in behind a real socket on a free port. */
export async function servedSlack(options?: SlackOptions) {
  const { app, workspace, people } = createSlack(options);
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started),
    );
  });
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, workspace, people, stop };
}
