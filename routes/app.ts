import { HTTPException } from "hono/http-exception";
import { traceOf, warn } from "../src/log.ts";
import { adminApi } from "./api/api.ts";
import { console } from "./console.ts";
import { gitlab } from "./gitlab.ts";
import { health } from "./health.ts";
import { http, problem } from "./http.ts";
import { slack } from "./slack.ts";

/** Answers are data, for programs: no browser guesses that one is a page, and nobody keeps it. */
const asData = http.createMiddleware(async function asData(c, next) {
  await next();
  const { headers } = c.res;
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cache-control", "no-store");
});

/** The whole HTTP surface of the Worker. */
export const app = http
  .createApp()
  .use("/admin/*", console)
  .use(asData)
  .route("/gitlab", gitlab)
  .route("/slack", slack)
  .route("/health", health)
  .route("/admin/api", adminApi)
  .notFound((c) => problem(c, 404, "not_found", `There is nothing at ${c.req.path}.`))
  .onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, error.status, "refused", error.message);
    warn("request_crashed", { path: c.req.path, error: traceOf(error) });
    return problem(c, 500, "internal", "Causeway made a mistake; its log says which.");
  });
