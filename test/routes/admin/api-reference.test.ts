import { afterEach, beforeEach, expect, it } from "vitest";
import { API_DOCUMENT } from "../../../routes/api/openapi/api-document.ts";
import { OPERATIONS } from "../../../routes/api/openapi/operations.ts";
import { createWorld, endWorld } from "../../world.ts";
import { visit } from "./visit.ts";

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

/** A page's words, without its marks. */
function wordsOf(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");
}

it("shows every operation with its parameters, its body and an example, to viewers too", async () => {
  const response = await visit("/admin/api-reference", { role: "view" });
  expect(response.status).toBe(200);
  const html = await response.text();
  const said = wordsOf(html);
  for (const { id, summary } of OPERATIONS) {
    expect(html).toContain(`id="${id}"`);
    expect(said).toContain(summary.replaceAll("`", ""));
  }
  for (const part of [
    'curl -s -H "$A" "$URL/admin/api/events?project=gitlab-com/support&type=issue.*&limit=20"',
    "causeway events --project gitlab-com/support",
    "A type, or its beginning and a * .",
    "whole number, 1 to 200; without it 50",
    "It takes ADMIN_TOKEN; viewers are answered 403.",
    `curl -s -X POST -H "$A" $URL/admin/api/destinations/licensing/resume -d '{"by":"amina"}'`,
    "409 already_delivered it arrived; replay its event instead",
  ]) {
    expect(said).toContain(part);
  }
});

it("has no link to a place that is not on it, and no id twice", async () => {
  const html = await (await visit("/admin/api-reference")).text();
  const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
  expect(ids.length).toBe(new Set(ids).size);
  const aimed = Array.from(html.matchAll(/ href="#([^"]+)"/g), ([, id]) => id);
  expect(aimed.length).toBeGreaterThan(OPERATIONS.length);
  expect(aimed.filter((id) => !ids.includes(id))).toEqual([]);
});

it("hands the same out for programs, to whoever is signed in and nobody else", async () => {
  const response = await visit("/admin/api-reference/openapi.json", { role: "view" });
  expect(response.headers.get("content-type")).toContain("application/json");
  expect(await response.json()).toEqual(API_DOCUMENT);
  const stranger = await visit("/admin/api-reference/openapi.json", { role: null });
  expect(stranger.status).not.toBe(200);
  expect(await stranger.text()).not.toContain("openapi");
});
