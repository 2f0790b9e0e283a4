import { http } from "../http.ts";
import { administrators } from "./administrators.ts";
import { deliveries } from "./deliveries.ts";
import { events } from "./events.ts";
import { ledger } from "./ledger.ts";
import { problems } from "./problems.ts";

/** `/admin/api`: what programs and the command line see of the Relays, and change. */
export const adminApi = http
  .createApp()
  .use(administrators)
  .route("/ledger", ledger)
  .route("/problems", problems)
  .route("/events", events)
  .route("/deliveries", deliveries);
