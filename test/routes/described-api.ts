import { expect } from "vitest";
import { app } from "../../routes/app.ts";
import type { Operation } from "../../routes/api/openapi/operation.ts";
import { OPERATIONS } from "../../routes/api/openapi/operations.ts";
import { refusalSchema, refusalsOf } from "../../routes/api/openapi/refusals.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { ORIGIN } from "../webhook.ts";
import { bindings } from "../world.ts";

/** How an operation is asked. */
export type Asked = {
  /** What stands in the path, in its order. */
  of?: string[];
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
  token?: string;
  /** Settings that the Worker has otherwise. */
  settings?: Record<string, string>;
};

/** What was answered: `<operation> <status>`, of refusals also with the code. */
export const answered = new Set<string>();

/** Asks the API, and holds the answer to what is described: strictly, so that no field is missing there. */
export async function ask<T>(id: string, asked: Asked = {}): Promise<{ status: number; json: T }> {
  const operation = OPERATIONS.find((each) => each.id === id);
  if (operation === undefined) throw new Error(`there is no operation ${id}`);
  const response = await app.fetch(requestOf(operation, asked), {
    ...bindings,
    ...asked.settings,
  });
  const { status } = response;
  const answer = operation.answers.find((each) => each.status === status);
  if (answer?.schema === null) {
    answered.add(`${id} ${status}`);
    return { status, json: (await response.arrayBuffer()) as T };
  }
  const json: T & { error?: { code: string } } = await response.json();
  const refusals = refusalsOf(operation).get(status);
  const schema = answer?.schema ?? (refusals === undefined ? null : refusalSchema(refusals));
  if (schema === null) expect.fail(`${id} answered ${status}, which is not described`);
  expect([id, status, schema.safeParse(json).error]).toEqual([id, status, undefined]);
  answered.add(answer === undefined ? `${id} ${status} ${json.error?.code}` : `${id} ${status}`);
  return { status, json };
}

function requestOf({ method, path }: Operation, asked: Asked): Request {
  const { of = [], query = "", headers, body, token = TEST_SETTINGS.ADMIN_TOKEN } = asked;
  const rest = [...of];
  const filled = path.replaceAll(/:\w+|\*/g, () => rest.shift() ?? "");
  return new Request(`${ORIGIN}/admin/api${filled}${query}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}
