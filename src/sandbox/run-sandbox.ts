import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

import { movedTo, prepareDevVars } from "./dev-vars.ts";
import { assertFreePort } from "./free-port.ts";
import { createGitlab } from "./gitlab.ts";
import { greeting } from "./greeting.ts";
import { keepWorkspace } from "./keep-workspace.ts";
import { fillEmptyKv } from "./local-kv.ts";
import type { Ports } from "./ports.ts";
import { createSlack } from "./slack.ts";
import { workerOutput } from "./worker-output.ts";
import { ended, spawnWrangler, stopGroup } from "./wrangler.ts";

/** Bundling and starting workerd takes two seconds here; a slow machine may take many more. */
const START_WITHIN_MS = 90_000;
const LAST_WORDS = 20;

/**
 * Runs the Worker on workerd beside a Slack stand-in, until `stop` is aborted (resolves 0) or the Worker's process ends by
 * itself (resolves 1). Nothing it started outlives it.
 */
export async function runSandbox(root: string, ports: Ports, stop: AbortSignal): Promise<number> {
  await assertFreePort(ports.worker, "the Worker", "port");
  await assertFreePort(ports.slack, "the Slack stand-in", "slack-port");
  const slackOrigin = `http://127.0.0.1:${ports.slack}`;
  const vars = prepareDevVars(join(root, ".dev.vars"), slackOrigin);
  await fillEmptyKv(root, join(root, "examples/gitlab-support"));
  if (stop.aborted) return 0;

  const slack = createSlack({
    tokens: [vars["SLACK_BOT_TOKEN"] ?? ""],
    origin: slackOrigin,
    app: {
      origin: `http://127.0.0.1:${ports.worker}`,
      signingSecret: vars["SLACK_SIGNING_SECRET"] ?? "",
    },
  });
  const gitlab = createGitlab({ tokens: [vars["GITLAB_API_TOKEN"] ?? ""] });
  const standIns = new Hono().route("/gitlab", gitlab.app).route("/", slack.app);
  const save = keepWorkspace(slack.workspace, join(root, ".wrangler/state/slack-stand-in.json"));
  const server = serve({ fetch: standIns.fetch, port: ports.slack, hostname: "127.0.0.1" });
  const worker = spawnWrangler(root, devArguments(ports, movedTo(slackOrigin, vars)));
  const lastWords: string[] = [];
  const listen = (print: (line: string) => void) => {
    const pass = workerOutput(print);
    return (chunk: Buffer) => {
      const text = stripVTControlCharacters(chunk.toString());
      lastWords.push(...text.split("\n").filter((line) => line.trim() !== ""));
      lastWords.splice(0, lastWords.length - LAST_WORDS);
      pass(text);
    };
  };
  worker.stdout?.on(
    "data",
    listen((line) => process.stdout.write(`${line}\n`)),
  );
  worker.stderr?.on(
    "data",
    listen((line) => process.stderr.write(`${line}\n`)),
  );

  const stopped = new Promise<"stopped">((resolve) => {
    if (stop.aborted) resolve("stopped");
    stop.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  const died = ended(worker).then(() => "died" as const);
  try {
    let outcome = await Promise.race([stopped, died, answering(ports.worker)]);
    if (outcome === "answering") {
      process.stdout.write(greeting(ports));
      outcome = await Promise.race([stopped, died]);
    }
    if (outcome === "stopped") return 0;
    process.stderr.write(
      `The Worker's process ${outcome}. Its last words:\n${lastWords.join("\n")}\n`,
    );
    return 1;
  } finally {
    await stopGroup(worker);
    save();
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
}

function devArguments({ worker }: Ports, vars: Record<string, string>): string[] {
  const overrides = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const quiet = "--show-interactive-dev-session=false";
  return ["dev", "--ip", "127.0.0.1", "--port", String(worker), quiet, ...overrides];
}

async function answering(port: number): Promise<"answering" | "did not answer in time"> {
  const giveUpAt = Date.now() + START_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer !== undefined) return "answering";
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return "did not answer in time";
}
