import { join } from "node:path";

/** Causeway's own folder, where it is checked out: what `npm start` and wrangler keep is in it. */
export const CHECKOUT = join(import.meta.dirname, "../..");
