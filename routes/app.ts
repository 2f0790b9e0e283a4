import { HTTPException } from "hono/http-exception";
import { warn } from "../src/log.ts";
import { adminApi } from "./api.ts";
import { gitlab } from "./gitlab.ts";
import { health } from "./health.ts";
import { http, problem } from "./http.ts";
import { slack } from "./slack.ts";

/** The whole HTTP surface of the Worker. */
export const app = http
  .createApp()
  .route("/gitlab", gitlab)
  .route("/slack", slack)
  .route("/health", health)
  .route("/admin/api", adminApi)
  .notFound((c) => problem(c, 404, "not_found", `There is nothing at ${c.req.path}.`))
  .onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, error.status, "refused", error.message);
    warn("request_crashed", { path: c.req.path, error: error.stack ?? error.message });
    return problem(c, 500, "internal", "Causeway made a mistake; its log says which.");
  });
