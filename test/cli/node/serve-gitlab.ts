import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { createGitlab, type Gitlab, type GitlabOptions } from "../../../src/sandbox/gitlab.ts";

/** A GitLab of its own, under a sub-path of a free port of the loopback address. */
export type ServedGitlab = Gitlab & { url: string; stop: () => void };

export async function serveGitlab(options: GitlabOptions = {}): Promise<ServedGitlab> {
  const gitlab = createGitlab(options);
  const app = new Hono().route("/git/lab", gitlab.app);
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started),
    );
  });
  return {
    ...gitlab,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/git/lab`,
    stop() {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}
