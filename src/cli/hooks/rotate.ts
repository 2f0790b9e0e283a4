import type { Command } from "commander";
import type { Context } from "../context.ts";
import { placeAt } from "../gitlab/find-place.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import { hooksAt, type PlacedHook } from "../gitlab/hooks-at.ts";
import { setHook, signs, type Vouching } from "../gitlab/set-hook.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";
import { hookTarget } from "./hook-target.ts";
import { hookToken } from "./hook-token.ts";
import { pathsAsked } from "./paths-asked.ts";
import { rulesHere } from "./read-rules.ts";

type Options = WorkerOptions & { dir?: string; force?: boolean };
type Rotated = { id: number; path: string; vouching: Vouching };
type Skipped = { id: number; path: string; why: string };

const STEPS = `Changing the master secret without a gap takes three steps:
  1. npx wrangler secret put HOOK_MASTER_SECRETS    type: <new> <old>   (both are good, the new one derives)
  2. causeway hooks rotate                          every webhook gets its token of the new one
  3. npx wrangler secret put HOOK_MASTER_SECRETS    type: <new>`;

/** `causeway hooks rotate`: gives every webhook the token of the first master secret. */
export function rotate(context: Context): Command {
  const command = verb("rotate", "give the webhooks the tokens of a new master secret")
    .argument("[path...]", "projects and groups (default: those with a mapping in --dir)")
    .option("--dir <folder>", "the configuration folder whose mappings name the paths")
    .option("--force", "also when there is only one master secret")
    .addHelpText("after", `\n${STEPS}\n\nIt may be broken off and run again at any time.`);
  asksWorker(command);
  return answers<Options>(command, context, async (options, ...named) => {
    const api = gitlabApi(context);
    const worker = adminApi(context, options);
    const paths = pathsAsked(named.flat(), rulesHere(context, options.dir));
    await refuseWithoutOverlap(worker, paths[0] ?? "", options.force === true);
    const canSign = await signs(api);
    const hooks = await ourHooks(api, worker, paths);
    const rotated: Rotated[] = [];
    const skipped: Skipped[] = [];
    for (const [index, each] of hooks.entries()) {
      try {
        const outcome = await rotateOne(api, worker, each, canSign);
        if ("why" in outcome) skipped.push(outcome);
        else rotated.push(outcome);
        context.terminal.note(said(outcome));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw brokenOff(error, rotated, hooks.slice(index));
      }
    }
    return {
      json: { rotated, skipped },
      text: summary(rotated, skipped, worker.url),
      ...(skipped.length > 0 ? { exit: EXIT.found } : {}),
    };
  });
}

async function refuseWithoutOverlap(worker: AdminApi, path: string, force: boolean) {
  const { secrets } = await hookToken(worker, path);
  if (secrets > 1 || force) return;
  throw new Refusal(
    "no_overlap",
    `The Worker has one master secret, so there is nothing to rotate to.\n${STEPS}\nWith --force every webhook gets the token of the one there is, for instance where somebody changed one by hand.`,
  );
}

async function ourHooks(api: GitlabApi, worker: AdminApi, paths: string[]): Promise<PlacedHook[]> {
  const found: PlacedHook[] = [];
  for (const path of paths) {
    const hooks = await hooksAt(api, await placeAt(api, path));
    found.push(...hooks.filter(({ hook }) => hookTarget(hook.url, worker.url).to === "here"));
  }
  return found;
}

async function rotateOne(
  api: GitlabApi,
  worker: AdminApi,
  { place, hook }: PlacedHook,
  canSign: boolean | null,
): Promise<Rotated | Skipped> {
  const target = hookTarget(hook.url, worker.url);
  const path = target.to === "here" ? target.path : null;
  const what = { id: hook.id, path: place.path };
  if (path === null) {
    return {
      ...what,
      why: "it has the address that all share, and a token of GITLAB_SIGNING_TOKENS",
    };
  }
  if (/[{}]|%7B|%7D/i.test(hook.url)) {
    return { ...what, why: "its URL has masked parts, so its token must be set by hand" };
  }
  const { token } = await hookToken(worker, path);
  const { vouching } = await setHook(api, place, hook, { url: hook.url }, token, canSign);
  return { ...what, vouching };
}

function brokenOff(error: Refusal, rotated: Rotated[], left: PlacedHook[]): Refusal {
  const names = (hooks: { id: number; path: string }[]) =>
    hooks.map(({ id, path }) => `${path} ${id}`).join(", ") || "none";
  const open = left.map(({ place, hook }) => ({ id: hook.id, path: place.path }));
  return new Refusal(
    error.code,
    `${error.message}\nDone: ${names(rotated)}.\nNot done: ${names(open)}.\nBoth tokens are good as long as the old master secret is there: run it again.`,
    EXIT.partial,
    { rotated, open },
  );
}

function said(outcome: Rotated | Skipped): string {
  const hook = `${outcome.path}, webhook ${outcome.id}`;
  if ("why" in outcome) return `${hook}: left alone, for ${outcome.why}`;
  return `${hook}: ${outcome.vouching === "token" ? "new plain token" : "new signing token"}`;
}

function summary(rotated: Rotated[], skipped: Skipped[], url: string): string {
  if (rotated.length + skipped.length === 0) return `No webhook sends to ${url}.`;
  const left = skipped.length === 0 ? "" : `, ${skipped.length} left alone`;
  return [
    `${rotated.length} done${left}.`,
    "When every webhook that sends here is done: npx wrangler secret put HOOK_MASTER_SECRETS, with the new one alone.",
  ].join("\n");
}
