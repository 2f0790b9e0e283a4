import type { Command } from "commander";
import type { Context } from "../context.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import { setHook, signs } from "../gitlab/set-hook.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import { hookToken } from "./hook-token.ts";
import { hooksCommand } from "./hooks-command.ts";
import { hooksOf, placesAround, placesAt, type NotSeen } from "./look-at-places.ts";
import { pathsAsked } from "./paths-asked.ts";
import { rulesHere } from "./read-rules.ts";
import { rotationSteps } from "./rotation-steps.ts";
import {
  outcomeInWords,
  rotationInWords,
  type Rotated,
  type Skipped,
} from "./rotation-in-words.ts";

type Options = WorkerOptions & { dir?: string; force?: boolean };

const HELP = `
${rotationSteps("causeway hooks rotate", false)}
The local Worker of npm start has its HOOK_MASTER_SECRETS in .dev.vars.

It looks at these projects and groups, at the groups above them and at everything below them. A webhook
anywhere else, or one that GITLAB_TOKEN's owner is not shown, keeps its token, and is refused (401) once
the old master secret is gone. After step 3 causeway hooks doctor says which deliveries were refused: put
the old one back behind the new, rotate that webhook, and causeway hooks resend makes up for it.

It may be broken off and run again at any time.`;

/** `causeway hooks rotate`: gives every webhook the token of the first master secret. */
export function rotate(context: Context): Command {
  const command = verb(
    "rotate",
    "give the webhooks the tokens of a new master secret",
    "Gives the webhooks that send here the tokens that follow from the first master secret.",
  )
    .argument("[path...]", "projects and groups (default: those with a mapping in --dir)")
    .option("--dir <folder>", "the configuration folder whose mappings name the paths")
    .option("--force", "do it also when there is only one master secret")
    .addHelpText("after", HELP);
  asksWorker(command);
  return answers<Options>(command, context, async (options, ...named) => {
    const api = gitlabApi(context, options);
    const worker = adminApi(context, options);
    const paths = pathsAsked(api, named.flat(), rulesHere(context, options.dir));
    const toType = hooksCommand(options);
    const { secrets } = await hookToken(worker, paths[0] ?? "");
    if (secrets < 2 && options.force !== true) {
      throw noOverlap(toType("rotate", ...named.flat()), worker);
    }
    const canSign = await signs(api);
    const { hooks, lookedAt, notSeen } = await ourHooks(context, api, worker, paths);
    const rotated: Rotated[] = [];
    const skipped: Skipped[] = [];
    for (const [index, each] of hooks.entries()) {
      try {
        const outcome = await rotateOne(api, worker, each, canSign);
        if ("why" in outcome) skipped.push(outcome);
        else rotated.push(outcome);
        context.terminal.note(outcomeInWords(outcome));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw brokenOff(error, rotated, hooks.slice(index), secrets > 1);
      }
    }
    const isLeft = skipped.length > 0 || notSeen.some(({ hidden }) => hidden);
    return {
      json: { lookedAt, notSeen, rotated, skipped },
      text: rotationInWords(
        { paths, lookedAt, notSeen, rotated, skipped, overlaps: secrets > 1 },
        worker,
        toType("doctor", ...named.flat()),
      ),
      ...(isLeft ? { exit: EXIT.found } : {}),
    };
  });
}

function noOverlap(rotateAgain: string, { isLocal }: AdminApi): Refusal {
  return new Refusal(
    "no_overlap",
    `The Worker has one master secret, so there is nothing to rotate to.\n${rotationSteps(rotateAgain, isLocal)}\nWith --force every webhook gets the token of the one there is, for instance where somebody changed one by hand.`,
    EXIT.usage,
  );
}

async function ourHooks(
  context: Context,
  api: GitlabApi,
  worker: AdminApi,
  paths: string[],
): Promise<{ hooks: PlacedHook[]; lookedAt: string[]; notSeen: NotSeen[] }> {
  const named = await placesAt(api, paths);
  const around = await placesAround(api, named.places);
  const seen = await hooksOf(context, api, around.places);
  const notSeen = [...named.notSeen, ...around.notSeen, ...seen.notSeen];
  const closed = new Set(notSeen.map(({ path }) => path));
  return {
    hooks: seen.hooks.filter(({ hook }) => hookTarget(hook.url, worker.url).to === "here"),
    lookedAt: around.places.map(({ path }) => path).filter((path) => !closed.has(path)),
    notSeen,
  };
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
      old: false,
    };
  }
  if (/[{}]|%7B|%7D/i.test(hook.url)) {
    const why = "its URL has masked parts, so its token must be set by hand";
    return { ...what, why, old: true };
  }
  const { token } = await hookToken(worker, path);
  const { vouching } = await setHook(api, place, hook, { url: hook.url }, token, canSign);
  return { ...what, vouching };
}

function brokenOff(
  error: Refusal,
  rotated: Rotated[],
  left: PlacedHook[],
  overlaps: boolean,
): Refusal {
  const names = (hooks: { id: number; path: string }[]) =>
    hooks.map(({ id, path }) => `${path} ${id}`).join(", ") || "none";
  const open = left.map(({ place, hook }) => ({ id: hook.id, path: place.path }));
  return new Refusal(
    error.code,
    `${error.message}\nDone: ${names(rotated)}.\nNot done: ${names(open)}.\n${overlaps ? "Both tokens are good as long as the old master secret is there: run it again." : "What is not done keeps the token it has: run it again."}`,
    EXIT.partial,
    { rotated, open },
  );
}
