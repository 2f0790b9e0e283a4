import { app } from "../routes/app.ts";
import type { Env } from "./env.ts";

export { Relay } from "./relay/relay.ts";

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
