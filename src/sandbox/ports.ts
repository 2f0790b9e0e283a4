import { parseArgs } from "node:util";

export type Ports = { worker: number; slack: number };

/** The options that every sandbox command takes. */
export const PORT_OPTIONS = {
  port: { type: "string" },
  "slack-port": { type: "string" },
} as const;

/** `--port` and `--slack-port`, else PORT and SLACK_PORT, else 8787 and 8788. */
export function readPorts(args: string[], env: NodeJS.ProcessEnv): Ports {
  const { values } = parseArgs({ args, options: PORT_OPTIONS, strict: false });
  return {
    worker: portOf("--port", values.port, env["PORT"], 8787),
    slack: portOf("--slack-port", values["slack-port"], env["SLACK_PORT"], 8788),
  };
}

function portOf(
  name: string,
  flag: string | boolean | undefined,
  setting: string | undefined,
  otherwise: number,
): number {
  const chosen = flag ?? (setting === "" ? undefined : setting);
  if (chosen === undefined) return otherwise;
  const port = Number(chosen);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} is "${chosen}"; expected a port from 1 to 65535.`);
}
