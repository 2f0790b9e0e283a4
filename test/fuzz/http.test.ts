import { strict as assert } from "node:assert";
import { exports } from "cloudflare:workers";
import { createExecutionContext } from "cloudflare:test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { app } from "../../routes/app.ts";
import * as z from "zod";
import { TEST_SETTINGS } from "../settings.ts";
import { bindings, createWorld, endWorld } from "../world.ts";
import { fuzz } from "./fuzz.ts";
import { attempt, requestOf, type Attempt } from "./http-requests.ts";

/** So many requests share a world, which keeps what it took. */
const CASES_IN_A_WORLD = 1_000;

/** What must never stand in an answer. */
const SECRETS = Object.entries(TEST_SETTINGS)
  .filter(([name]) => /TOKEN|SECRET|TRIGGER/.test(name))
  .flatMap(([, secrets]) => secrets.split(" "));

/** The statuses that the contract has for an address; any other address has nothing. */
const STATUSES: [path: RegExp, statuses: number[]][] = [
  [/^\/gitlab\/webhooks(\/|$)/, [202, 401, 403, 404, 413]],
  [/^\/slack(\/|$)/, [200, 401, 404, 413]],
  [/^\/admin\/api(\/|$)/, [200, 400, 401, 404, 409]],
  [/^\/health$/, [200, 404]],
  [/^\/health\/delivery$/, [200, 404, 503]],
  [/./, [401, 404]],
];

/** What every refusal is. */
const Problem = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[a-z_]+$/),
    message: z.string().regex(/\S/),
    path: z.string().optional(),
  }),
});

const SIGNED = { method: "POST", headers: {}, deliver: "whole" } as const;

let asked = 0;
beforeAll(async () => {
  await createWorld();
});
afterAll(endWorld);

async function ask(given: Attempt): Promise<Response> {
  asked += 1;
  if (asked % CASES_IN_A_WORLD === 0) {
    await endWorld();
    await createWorld();
  }
  return await exports.default.fetch(requestOf(given));
}

describe("whatever is asked over HTTP, by whomever", () => {
  fuzz(
    "the answer is one of the contract's, and says no secret",
    attempt,
    async (given) => {
      const response = await ask(given);
      const { pathname } = new URL(requestOf({ ...given, body: null }).url);
      const statuses = STATUSES.find(([path]) => path.test(pathname))?.[1] ?? [];
      const said = await response.text();
      assert.ok(statuses.includes(response.status), `${response.status}: ${said.slice(0, 300)}`);
      const everything = [said, ...response.headers.values()].join("\n");
      for (const secret of SECRETS) assert.ok(!everything.includes(secret));
      if (given.method === "HEAD" || said === "") return;
      const answer: unknown = JSON.parse(said);
      if (response.status < 400 || pathname === "/health/delivery") return;
      assert.equal(Problem.safeParse(answer).success, true, said);
    },
    { cases: 150 },
  );
});

test.for([
  ["brackets alone", "", "unreadable"],
  ["brackets inside an object", '{"object_kind":"issue","x":', "unreadable"],
])("25 MiB of %s are committed and answered", { timeout: 60_000 }, async ([, start, status]) => {
  const body = Buffer.alloc(25 * 1024 * 1024, "[");
  body.write(start);
  const given = { ...SIGNED, path: "/gitlab/webhooks", body, signedBy: "gitlab" } as const;
  const response = await ask(given);
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ status });
});

test.for([
  ["/gitlab/webhooks", "gitlab"],
  ["/slack/events", "slack"],
] as const)("%s does not answer 500 to a sender who breaks off", async ([path, signedBy]) => {
  const request = requestOf({ ...SIGNED, path, signedBy, body: new Uint8Array(9) });
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new Error("the sender is gone")),
  });
  const { headers, method, url } = request;
  const response = await app.fetch(
    new Request(url, { method, headers, body: broken }),
    bindings,
    createExecutionContext(),
  );
  expect(response.status).toBe(503);
});
