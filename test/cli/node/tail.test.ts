import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { causeway, startCauseway } from "./causeway.ts";
import { fixture, startWorld } from "./world.ts";

const world = await startWorld({
  "mapping/gitlab/gitlab-com": {
    rules: [{ name: "All", on: "issue.open", to: ["support", "later"], message: "hi" }],
  },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
  "destination/later": { type: "channel", channel: "C0000000002", limit: "none" },
});
afterAll(() => world.stop());

type Tail = {
  /** Waits for something in what was printed so far, on standard output or error. */
  said: (pattern: RegExp) => Promise<void>;
  lines: () => string[];
  /** Ctrl-C; says how it ended. */
  stop: () => Promise<number | null>;
};

const tails: Tail[] = [];
afterEach(async () => {
  await Promise.all(tails.splice(0).map((tail) => tail.stop()));
});

function startTail(args: string[], env: Record<string, string> = world.env): Tail {
  const child = startCauseway(["tail", ...args], { env });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const tail: Tail = {
    async said(pattern) {
      for (let tries = 0; tries < 600; tries += 1) {
        if (pattern.test(stdout) || pattern.test(stderr)) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`It never said ${String(pattern)}:\n${stdout}\n${stderr}`);
    },
    lines: () => stdout.split("\n").filter((line) => line !== ""),
    async stop() {
      child.kill("SIGINT");
      return await ended;
    },
  };
  tails.push(tail);
  return tail;
}

describe("causeway tail", () => {
  it("shows what happens as it happens, one line each, and ends cleanly", async () => {
    await world.api("/destinations/later/pause", { method: "POST", body: '{"by":"a","why":"b"}' });
    await world.send(fixture("issue.open", "gitlab-com/before"));
    const tail = startTail([]);
    await tail.said(/Ctrl-C ends it/);
    // The first look takes what is there as known.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await world.send(fixture("issue.open", "gitlab-com/live"));
    await world.send(fixture("issue.close", "nobody/cares"));
    await tail.said(/support {2}delivered/);
    await tail.said(/no mapping for its path/);
    // What waits is a new line when it waits no longer.
    await world.api("/destinations/later/resume", { method: "POST", body: '{"by":"a"}' });
    await tail.said(/later {2}delivered/);
    expect(await tail.stop()).toBe(0);
    const lines = tail.lines();
    expect(lines.join("\n")).not.toContain("gitlab-com/before");
    expect(lines.every((line) => /^\d\d:\d\d:\d\d {2}/.test(line))).toBe(true);
    expect(lines).toContainEqual(expect.stringMatching(/issue\.open {2}gitlab-com\/live {2}"/));
    expect(lines).toContainEqual(expect.stringMatching(/→ later {2}pending {2}\(paused by a: b\)/));
  });

  it("is narrowed, and prints one JSON document per line", async () => {
    const tail = startTail(["--json", "--project", "gitlab-com/wanted", "--type", "issue.*"]);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await world.send(fixture("issue.open", "gitlab-com/unwanted"));
    await world.send(fixture("push.create", "gitlab-com/wanted"));
    await world.send(fixture("issue.open", "gitlab-com/wanted"));
    await tail.said(/"kind":"delivery"/);
    expect(await tail.stop()).toBe(0);
    const all = tail
      .lines()
      .map((line) => JSON.parse(line) as { kind: string; type?: string; project?: string });
    expect(all.filter(({ kind }) => kind === "event")).toMatchObject([
      { type: "issue.open", project: "gitlab-com/wanted" },
    ]);
  });

  it("waits for a Worker that is away for a while, and says so", async () => {
    const gate = await startGate(world.url);
    const tail = startTail([], { ...world.env, CAUSEWAY_URL: gate.url });
    await tail.said(/Ctrl-C ends it/);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await gate.shut();
    await tail.said(/Cannot reach the Worker at .* Asking again every two seconds\./);
    await world.send(fixture("issue.open", "gitlab-com/meanwhile"));
    await gate.open();
    await tail.said(/It answers again, after \d+ s\./);
    await tail.said(/gitlab-com\/meanwhile/);
    expect(await tail.stop()).toBe(0);
    await gate.shut();
    // At the start it is a mistake: the address is wrong.
    expect(
      await causeway(["tail"], { env: { ...world.env, CAUSEWAY_URL: gate.url } }),
    ).toMatchObject({ code: 3, stderr: expect.stringContaining("Cannot reach the Worker") });
    expect(
      await causeway(["tail"], { env: { ...world.env, CAUSEWAY_TOKEN: "wrong" } }),
    ).toMatchObject({ code: 3, stderr: expect.stringContaining("does not take this token") });
    const { stdout } = await causeway(["tail", "--json"], {
      env: { ...world.env, CAUSEWAY_TOKEN: "wrong" },
    });
    expect(stdout).toMatch(/^\{"error":\{"code":.*\}\n$/);
  });
});

/** A door before the Worker that can be shut. */
async function startGate(to: string) {
  let server: Server | null = null;
  let port = 0;
  async function open(): Promise<void> {
    const opened = createServer((request, response) => {
      const headers = { authorization: request.headers.authorization ?? "" };
      void fetch(`${to}${request.url}`, { headers }).then(async (answer) => {
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => opened.listen(port, "127.0.0.1", resolve));
    ({ port } = opened.address() as AddressInfo);
    server = opened;
  }
  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    open,
    async shut(): Promise<void> {
      const closing = server;
      server = null;
      closing?.closeAllConnections();
      await new Promise<void>((resolve) =>
        closing === null ? resolve() : closing.close(() => resolve()),
      );
    },
  };
}
