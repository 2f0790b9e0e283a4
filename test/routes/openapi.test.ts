import { exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import { adminApi } from "../../routes/api/api.ts";
import { API_DOCUMENT } from "../../routes/api/openapi/api-document.ts";
import { OPERATIONS } from "../../routes/api/openapi/operations.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { admin, ORIGIN } from "../webhook.ts";

it("describes every route of the API, and none that is not there", () => {
  const routes = adminApi.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
  expect(Object.values(API_DOCUMENT.paths).flatMap((methods) => Object.keys(methods))).toHaveLength(
    OPERATIONS.length,
  );
});

it("is answered as it is to whoever bears a token, and to nobody else", async () => {
  expect(await admin("/openapi.json")).toEqual(API_DOCUMENT);
  const ask = async (headers: Record<string, string>) =>
    (await exports.default.fetch(`${ORIGIN}/admin/api/openapi.json`, { headers })).status;
  expect(await ask({ authorization: `Bearer ${TEST_SETTINGS.VIEWER_TOKEN}` })).toBe(200);
  expect(await ask({})).toBe(401);
});
