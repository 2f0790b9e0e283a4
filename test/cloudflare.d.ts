import type * as worker from "../src/worker.ts";

/** Tells `cloudflare:workers` which Worker the tests run in. */
declare global {
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: typeof worker;
    }
  }
}
