import { http } from "../http.ts";
import { administrators } from "./administrators.ts";
import { backtests } from "./backtests.ts";
import { checks } from "./checks.ts";
import { deliveries } from "./deliveries.ts";
import { destinations } from "./destinations.ts";
import { documents } from "./documents.ts";
import { events } from "./events.ts";
import { failures } from "./failures.ts";
import { hookTokens } from "./hook-tokens.ts";
import { ledger } from "./ledger.ts";
import { openapi } from "./openapi.ts";
import { people } from "./people.ts";
import { problems } from "./problems.ts";
import { publishes } from "./publishes.ts";

/** `/admin/api`: what programs and the command line see of the Relays, and change. */
export const adminApi = http
  .createApp()
  .use(administrators)
  .route("/ledger", ledger)
  .route("/problems", problems)
  .route("/checks", checks)
  .route("/people", people)
  .route("/hook-tokens", hookTokens)
  .route("/events", events)
  .route("/documents", documents)
  .route("/publishes", publishes)
  .route("/deliveries", deliveries)
  .route("/backtests", backtests)
  .route("/destinations", destinations)
  .route("/failures", failures)
  .route("/openapi.json", openapi);
