/** Tells `cloudflare:workers` which Worker the tests run in. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../src/worker.ts");
  }
}
