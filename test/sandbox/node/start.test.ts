import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";

const START = join(import.meta.dirname, "../../../src/sandbox/start.ts");
const taken = createServer();

afterEach(() => taken.close());

it.for([
  ["--port", "--slack-port", "the Worker"],
  ["--slack-port", "--port", "the Slack stand-in"],
] as const)(
  "a used %s is one sentence that names the port and the way out",
  async ([used, other, user]) => {
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => {
        const address = taken.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    expect(
      await start([used, String(port), other, String(port > 40_000 ? port - 1000 : port + 1000)]),
    ).toEqual({
      code: 1,
      output: "",
      complaint: `Port ${port} is in use, and ${user} needs one: stop what listens there, or choose another with "npm start -- ${used} ${port + 10}".\n`,
    });
  },
);

it("a port that is none is one sentence", async () => {
  expect(await start(["--port", "eighty"])).toEqual({
    code: 1,
    output: "",
    complaint: '--port is "eighty"; expected a port from 1 to 65535.\n',
  });
});

function start(args: string[]): Promise<{ code: unknown; output: string; complaint: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [START, ...args], (error, output, complaint) =>
      resolve({ code: error?.code ?? 0, output, complaint }),
    );
  });
}
