import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { errorInWords } from "../words/error-in-words.ts";
import { PORT_OPTIONS, readPorts } from "./ports.ts";
import { sampleNamed, sampleNames } from "./sample-named.ts";

/** `npm run sample -- <name>`: plays GitLab and sends one of the recorded bodies to the local Worker. */
const root = join(import.meta.dirname, "../..");

const USAGE = `npm run sample -- <name> [--label <label>]… [--title <title>] [--project <group/path>] [--fresh] [--count <n>]
                          [--port <n>] [--slack-port <n>]`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${errorInWords(error)}\n`);
  process.exitCode = 1;
}

async function run(args: string[]): Promise<void> {
  if (!existsSync(join(root, "node_modules/zod"))) {
    throw new Error(`The packages are not installed yet: run "npm ci" first.`);
  }
  const { readDevVars } = await import("./dev-vars.ts");
  const { sampleBody } = await import("./sample-delivery.ts");
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      label: { type: "string", multiple: true },
      title: { type: "string" },
      project: { type: "string" },
      fresh: { type: "boolean" },
      count: { type: "string", default: "1" },
      help: { type: "boolean", short: "h" },
      ...PORT_OPTIONS,
    },
  });
  if (values.help === true) {
    process.stdout.write(`${usage()}\n`);
    return;
  }
  const { name, fixture } = await chosen(positionals[0]);
  const count = Number(values.count);
  if (!(Number.isInteger(count) && count > 0)) {
    throw new Error(`--count is "${values.count}"; expected how many to send, such as 20.`);
  }
  const ports = readPorts(args, process.env);
  const secrets = join(root, ".dev.vars");
  if (!existsSync(secrets)) throw new Error(notRunning(ports.worker));
  const [token] = (readDevVars(secrets)["GITLAB_SIGNING_TOKENS"] ?? "").trim().split(/\s+/);
  if (!token) {
    throw new Error(
      ".dev.vars has no GITLAB_SIGNING_TOKENS, with which GitLab's events are signed.",
    );
  }

  const { label: labels, title, project, fresh } = values;
  const answers = new Map<string, number>();
  for (let sent = 0; sent < count; sent += 1) {
    const answer = await send(
      sampleBody(fixture, { labels, title, project, fresh }),
      token,
      ports.worker,
    );
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  report(name, answers, ports.slack);
}

async function send(body: string, token: string, port: number): Promise<string> {
  const { playGitlab } = await import("./play-gitlab.ts");
  const { status, said } = await playGitlab(`http://127.0.0.1:${port}`, body, token).catch(() => {
    throw new Error(notRunning(port));
  });
  return `${status} ${said}`.trim();
}

function report(name: string, answers: Map<string, number>, slackPort: number): void {
  const said = [...answers].map(([answer, times]) =>
    times === 1 ? answer : `${times} × ${answer}`,
  );
  process.stdout.write(`Sent ${name}; the Worker answered: ${said.join(", ")}\n`);
  const isAccepted = [...answers.keys()].every((answer) => answer.startsWith("2"));
  if (isAccepted) process.stdout.write(`See http://127.0.0.1:${slackPort}\n`);
  else process.exitCode = 1;
}

/** The recorded body of a name, or an exception that says what there is. */
async function chosen(name: string | undefined): Promise<{ name: string; fixture: string }> {
  const fixture = name === undefined ? null : sampleNamed(name);
  if (name !== undefined && fixture !== null) return { name, fixture };
  if (name === undefined) throw new Error(usage());
  const { noSuchSample } = await import("./no-such-sample.ts");
  throw new Error(noSuchSample(name, sampleNames()));
}

function usage(): string {
  const names = sampleNames().map((each) => `  ${each}`);
  return `${USAGE}\n\nNames:\n${names.join("\n")}`;
}

function notRunning(port: number): string {
  return `Nothing answers on port ${port}: start Causeway with "npm start" in another terminal.`;
}
