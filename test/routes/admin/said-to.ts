import { expect } from "vitest";

/** The notice that waits on the page to which somebody is sent back. */
export function saidTo(response: Response): string {
  expect(response.status).toBe(303);
  const cookie = /causeway_said=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
  return Buffer.from(cookie, "base64url").toString();
}
