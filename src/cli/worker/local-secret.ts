import { existsSync } from "node:fs";
import { join } from "node:path";
import { readDevVars } from "../../sandbox/dev-vars.ts";
import { CHECKOUT } from "../checkout.ts";

/** A secret of the local Worker, which `npm start` keeps in `.dev.vars`; undefined: there is none. */
export function localSecret(name: string): string | undefined {
  const secrets = join(CHECKOUT, ".dev.vars");
  return existsSync(secrets) ? readDevVars(secrets)[name] : undefined;
}
