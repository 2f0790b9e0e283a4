import { expect } from "vitest";
import { visit, type VisitOptions } from "./visit.ts";

/** A page of the console that is there, as HTML. */
export async function look(path: string, options: VisitOptions = {}): Promise<string> {
  const response = await visit(path, options);
  expect(response.status).toBe(200);
  return await response.text();
}
