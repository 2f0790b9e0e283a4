import type { Command } from "commander";
import { flagsOf, HOOK_FLAGS } from "../../gitlab/hook-events.ts";
import type { Context } from "../context.ts";
import { gitlabApi } from "../gitlab/gitlab-api.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import { EXIT } from "../terminal/refusal.ts";
import { table } from "../terminal/table.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { hookState } from "../../gitlab/hooks-api/hook-state.ts";
import { hookTarget, type HookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import { hooksOf, notSeenInWords, placesAt } from "./look-at-places.ts";
import { pathsAsked } from "./paths-asked.ts";
import { rulesHere } from "./read-rules.ts";
import { shownUrl } from "../../gitlab/hooks-api/shown-url.ts";

type Options = WorkerOptions & { dir?: string; all?: boolean };
type Listed = PlacedHook & { target: HookTarget };

/** `causeway hooks list`: what GitLab sends here. */
export function list(context: Context): Command {
  const command = verb(
    "list",
    "list the webhooks in GitLab that send to this Worker",
    "Lists the webhooks of projects and groups in GitLab that send to this Worker, with what they send.",
  )
    .argument("[path...]", "projects and groups (default: those with a mapping in --dir)")
    .option("--dir <folder>", "the configuration folder whose mappings name the paths")
    .option("--all", "list the webhooks that go elsewhere as well")
    .addHelpText(
      "after",
      "\nExamples:\n  causeway hooks list my-group/my-project\n  causeway hooks list --dir configuration --all",
    );
  asksWorker(command);
  return answers<Options>(command, context, async (options, ...named) => {
    const api = gitlabApi(context, options);
    const worker = adminApi(context, options);
    const paths = pathsAsked(api, named.flat(), rulesHere(context, options.dir));
    const found = await placesAt(api, paths);
    const seen = await hooksOf(context, api, found.places);
    const skipped = [...found.notSeen, ...seen.notSeen];
    const listed = seen.hooks.map((each): Listed => ({
      ...each,
      target: hookTarget(each.hook.url, worker.url),
    }));
    const shown = listed.filter(({ target }) => options.all === true || target.to === "here");
    const others = listed.length - shown.length;
    return {
      json: { worker: worker.url, items: shown.map(asJson), skipped },
      text: [
        shown.length === 0
          ? `No webhook sends to ${worker.url}.`
          : table([["ID", "OF", "URL", "STATE", "EVENTS"], ...shown.map(rowOf)]),
        ...(others > 0
          ? [`${others} more ${others === 1 ? "goes" : "go"} elsewhere (--all).`]
          : []),
        ...(skipped.length > 0 ? ["Not looked at:", ...notSeenInWords(skipped)] : []),
      ].join("\n"),
      ...(skipped.some(({ hidden }) => hidden) ? { exit: EXIT.found } : {}),
    };
  });

  function rowOf({ place, hook, target }: Listed): string[] {
    const cells = [
      String(hook.id),
      `${place.owner} ${place.path}`,
      shownUrl(hook.url, target),
      hookState(hook),
      eventsOf({ place, hook }).join(", "),
    ];
    const style = target.to === "here" ? null : "dim";
    return style === null ? cells : cells.map((cell) => context.terminal.style(style, cell));
  }
}

function asJson({ place, hook, target }: Listed) {
  return {
    id: hook.id,
    [place.owner]: place.path,
    url: shownUrl(hook.url, target),
    ours: target.to === "here",
    state: hook.alert_status ?? "executable",
    disabledUntil: hook.disabled_until ?? null,
    events: HOOK_FLAGS.filter((flag) => hook[flag] === true),
    tlsVerification: hook.enable_ssl_verification,
    signed: hook.signing_token_present ?? null,
    page: `${place.page}/${hook.id}/edit`,
  };
}

/** The events, as short as they can be said. */
function eventsOf({ place, hook }: PlacedHook): string[] {
  const on = flagsOf(place.owner).filter((flag) => hook[flag] === true);
  return on.map((flag) => flag.replace(/_events$/, "").replaceAll("_", " "));
}
