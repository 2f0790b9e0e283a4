import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import { API_DOCUMENT } from "../../../routes/api/openapi/api-document.ts";
import type {
  ApiOperation,
  Content,
  Parameter,
} from "../../../src/console/api-reference/api-document.ts";
import { editableFolder, SUPPORT } from "./folder-beside-cloudflare.ts";
import { causewayHere } from "./run-here.ts";
import { fixture, startWorld } from "./world.ts";

/** A request of the command line's, with what was answered. */
type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  status: number;
  answer: string;
};

const world = await startWorld({
  "mapping/gitlab/acme": {
    rules: [
      { name: "Opened", on: "issue.open", to: "support", message: "{{ event.title }}" },
      { name: "Lost", on: "issue.open", to: "missing", message: "x" },
    ],
  },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
});
const asked: Asked[] = [];
const between = new Hono().all("*", async (c) => {
  const { method, url } = c.req;
  const { pathname, search, searchParams } = new URL(url);
  const body = await c.req.text();
  const answer = await fetch(world.url + pathname + search, {
    method,
    headers: { authorization: c.req.header("authorization") ?? "" },
    ...(body === "" ? {} : { body }),
  });
  const { status } = answer;
  const text = await answer.text();
  const path = pathname.replace("/admin/api", "");
  asked.push({ method, path, query: searchParams, body, status, answer: text });
  return new Response(text, { status, headers: { "content-type": "application/json" } });
});
const server = await new Promise<ServerType>((resolve) => {
  const started: ServerType = serve({ fetch: between.fetch, port: 0, hostname: "127.0.0.1" }, () =>
    resolve(started),
  );
});
const { port } = server.address() as AddressInfo;
const env = { ...world.env, CAUSEWAY_URL: `http://127.0.0.1:${port}`, CAUSEWAY_BY: "Amina" };
const id = await world.send(fixture("issue.open", "acme/web"));
const folder = editableFolder(SUPPORT);
writeFileSync(join(folder.dir, "team.csv"), "gitlab,email\namina,Amina@example.com\n");

afterAll(async () => {
  server.close();
  await world.stop();
});

/** The operation that a request is; undefined: none. */
function operationOf({ method, path }: Asked): ApiOperation | undefined {
  const found = Object.entries(API_DOCUMENT.paths)
    .filter(([template]) => templatePattern(template).test(path))
    // What has no parameter is meant before what has one.
    .toSorted(([a], [b]) => a.split("{").length - b.split("{").length)
    .flatMap(([, methods]) => Object.entries(methods));
  return found.find(([each]) => each.toUpperCase() === method)?.[1];
}

function templatePattern(template: string): RegExp {
  const pattern = template
    .replaceAll(".", "\\.")
    .replace("{key}", ".+")
    .replaceAll(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`);
}

/** What keeps a text from being of the content that is described; null: nothing. */
function mistakesIn(content: Content | undefined, text: string): unknown {
  const schema = content?.["application/json"]?.schema;
  if (schema === undefined) return content === undefined && text !== "" ? "not described" : null;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile({ ...schema, components: API_DOCUMENT.components });
  return validate(JSON.parse(text)) ? null : validate.errors;
}

const VERBS: string[][] = [
  ["events", "--project", "acme", "--type", "issue.*", "--state", "pending", "--since", "24h"],
  ["event", id],
  ["event", "none"],
  ["deliveries", "--destination", "support", "--role", "rule"],
  ["failed"],
  ["problems"],
  ["ledger"],
  ["replay", id, "--to", "support", "--yes"],
  ["replay", id, "--as-it-was", "--yes"],
  ["replay", id, "--test", "support", "--yes"],
  ["retry", "--all", "--yes"],
  ["pause", "support", "-m", "a test"],
  ["pause", "nowhere", "-m", "a test"],
  ["discard", "support", "-m", "a test", "--yes"],
  ["resume", "support"],
  ["history", "--key", "destination/support"],
  ["diff", "--keep", folder.dir],
  ["backtest", "--keep", folder.dir],
  ["push", "--keep", "--overwrite", "--yes", "-m", "a test", folder.dir],
  ["pull", folder.dir],
  ["doctor"],
  ["doctor", "--dir", folder.dir],
  ["people", "check", folder.dir],
  ["people", "import", join(folder.dir, "team.csv"), folder.dir, "--by-email"],
  ["hooks", "create", "acme/web", "--dir", folder.dir, "--yes"],
];

test.for(
  VERBS.map(
    (args) =>
      [args.join(" ").replaceAll(folder.dir, "folder").replaceAll(id, "<id>"), args] as const,
  ),
)("causeway %s asks only what is described, and is answered so", async ([, args]) => {
  asked.length = 0;
  // Some end with a refusal.
  await causewayHere(args, { env }).catch(() => null);
  expect(asked.length).toBeGreaterThan(0);
  for (const each of asked) {
    const { method, path, query, body, status, answer } = each;
    const operation = operationOf(each);
    const named = (operation?.parameters ?? [])
      .filter((parameter: Parameter) => parameter.in === "query")
      .map(({ name }) => name);
    expect({
      request: `${method} ${path}`,
      isDescribed: operation !== undefined,
      unknown: [...query.keys()].filter((name) => !named.includes(name)),
      body: mistakesIn(operation?.requestBody?.content, body),
      answer: mistakesIn(operation?.responses[String(status)]?.content, answer),
    }).toEqual({
      request: `${method} ${path}`,
      isDescribed: true,
      unknown: [],
      body: null,
      answer: null,
    });
  }
});
