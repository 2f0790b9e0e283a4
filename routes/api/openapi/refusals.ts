import * as z from "zod/mini";
import { viewerMay } from "../viewer-may.ts";
import type { Operation, Refusal } from "./operation.ts";

const CLOSED: Refusal[] = [
  { status: 401, code: "unauthenticated", when: "the token is missing or not the right one" },
  { status: 401, code: "not_configured", when: "`ADMIN_TOKEN` is not set, so all is closed" },
];
const FOR_VIEWERS: Refusal = {
  status: 403,
  code: "viewer",
  when: "`VIEWER_TOKEN` is not enough for this",
};

/** Everything that an operation refuses, by the status of the answer. */
export function refusalsOf(operation: Operation): Map<number, [Refusal, ...Refusal[]]> {
  const { method, path, refusals = [] } = operation;
  const byStatus = new Map<number, [Refusal, ...Refusal[]]>();
  for (const refusal of [
    ...refusals,
    ...CLOSED,
    ...(viewerMay(method, path) ? [] : [FOR_VIEWERS]),
  ]) {
    const others = byStatus.get(refusal.status);
    if (others === undefined) byStatus.set(refusal.status, [refusal]);
    else others.push(refusal);
  }
  return byStatus;
}

/** The shape of the answer that says one of these. */
export function refusalSchema(refusals: [Refusal, ...Refusal[]]): z.ZodMiniType {
  const codes = refusals.flatMap(({ code }) => code ?? []);
  const isOpen = codes.length < refusals.length;
  return z.strictObject({
    error: z.strictObject({
      code: isOpen ? z.string() : z.enum(codes),
      message: z.string().check(z.describe("What was wrong and what to do, for people.")),
      path: z.optional(z.string().check(z.describe("What it is about, where that can be named."))),
      ...Object.assign({}, ...refusals.map(({ more }) => more)),
    }),
  });
}
