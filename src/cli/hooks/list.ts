import type { Command } from "commander";
import { flagsOf, HOOK_FLAGS } from "../../gitlab/hook-events.ts";
import type { Context } from "../context.ts";
import { placeAt } from "../gitlab/find-place.ts";
import { gitlabApi } from "../gitlab/gitlab-api.ts";
import { hooksAt, type PlacedHook } from "../gitlab/hooks-at.ts";
import { table } from "../terminal/table.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { hookState } from "./hook-state.ts";
import { hookTarget, type HookTarget } from "./hook-target.ts";
import { pathsAsked } from "./paths-asked.ts";
import { rulesHere } from "./read-rules.ts";
import { shownUrl } from "./shown-url.ts";

type Options = WorkerOptions & { dir?: string; all?: boolean };
type Listed = PlacedHook & { target: HookTarget };

/** `causeway hooks list`: what GitLab sends here. */
export function list(context: Context): Command {
  const command = verb("list", "the webhooks in GitLab that send to this Worker")
    .argument("[path...]", "projects and groups (default: those with a mapping in --dir)")
    .option("--dir <folder>", "the configuration folder whose mappings name the paths")
    .option("--all", "the webhooks that go elsewhere as well")
    .addHelpText(
      "after",
      "\nExamples:\n  causeway hooks list my-group/my-project\n  causeway hooks list --dir configuration --all",
    );
  asksWorker(command);
  return answers<Options>(command, context, async (options, ...named) => {
    const api = gitlabApi(context);
    const worker = adminApi(context, options);
    const listed: Listed[] = [];
    for (const path of pathsAsked(named.flat(), rulesHere(context, options.dir))) {
      const hooks = await hooksAt(api, await placeAt(api, path));
      listed.push(
        ...hooks.map((each) => ({ ...each, target: hookTarget(each.hook.url, worker.url) })),
      );
    }
    const shown = listed.filter(({ target }) => options.all === true || target.to === "here");
    const others = listed.length - shown.length;
    return {
      json: { worker: worker.url, items: shown.map(asJson) },
      text: [
        shown.length === 0
          ? `No webhook sends to ${worker.url}.`
          : table([["ID", "OF", "URL", "STATE", "EVENTS"], ...shown.map(rowOf)]),
        ...(others > 0
          ? [`${others} more ${others === 1 ? "goes" : "go"} elsewhere (--all).`]
          : []),
      ].join("\n"),
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
