import type { Command } from "commander";
import { isWithin } from "../../gitlab/event-path.ts";
import { hookNeeds, type HookNeeds } from "../../gitlab/hook-events.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import type { Context } from "../context.ts";
import { findPlace } from "../gitlab/find-place.ts";
import { gitlabApi, type GitlabApi } from "../gitlab/gitlab-api.ts";
import { hooksAbove, hooksAt } from "../gitlab/hooks-at.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";
import { failuresInARow, lostDeliveries } from "./delivery-log.ts";
import { examineDeliveries } from "./examine-deliveries.ts";
import { examineHook } from "./examine-hook.ts";
import { examinePlace } from "./examine-place.ts";
import type { Finding } from "./finding.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import { hooksCommand, type HooksCommand } from "./hooks-command.ts";
import { pathsAsked } from "./paths-asked.ts";
import { rulesHere, type Rules } from "./read-rules.ts";

type Options = WorkerOptions & { dir?: string; strict?: boolean };

const HELP = `
It finds webhooks that GitLab disabled or is about to, deliveries that did not arrive, wrong URLs,
events that rules need and no webhook sends, and whatever makes a webhook less safe than it could be.
Nothing is changed.

Exit code 1 when there is an error; warnings alone are 0, unless with --strict. Notes always are.

Examples:
  causeway hooks doctor --dir configuration
  causeway hooks doctor my-group/my-project`;

/** `causeway hooks doctor`: what is wrong with the webhooks in GitLab, and how to put it right. */
export function doctor(context: Context): Command {
  const command = verb(
    "doctor",
    "find what is wrong with the webhooks, and how to put it right",
    "Looks at webhooks in GitLab and at what became of their deliveries, and says what is wrong and what puts it right.",
  )
    .argument("[path...]", "projects and groups (default: those with a mapping in --dir)")
    .option("--dir <folder>", "the configuration folder (default: here)")
    .option("--strict", "end with 1 for a warning too")
    .addHelpText("after", HELP);
  asksWorker(command);
  return answers<Options>(command, context, async (options, ...named) => {
    const api = gitlabApi(context, options);
    const worker = adminApi(context, options);
    const rules = rulesHere(context, options.dir);
    const paths = pathsAsked(api, named.flat(), rules);
    const toType = hooksCommand(options);
    if (rules === null) {
      context.terminal.note(
        "There is no configuration here, so events are not compared with rules (--dir).",
      );
    }
    const findings: Finding[] = [];
    await withProgress(context.terminal, "Looking at webhooks", paths.length, async (at) => {
      for (const [index, path] of paths.entries()) {
        at(index);
        findings.push(...(await examine(api, worker, path, rules, paths, toType)));
      }
    });
    const isIll = findings.some(
      ({ level }) => level === "error" || (level === "warning" && options.strict === true),
    );
    return {
      json: { paths, findings },
      text:
        findings.length === 0 ? `All is well: ${paths.join(", ")}.` : inWords(context, findings),
      ...(isIll ? { exit: EXIT.found } : {}),
    };
  });
}

async function examine(
  api: GitlabApi,
  worker: AdminApi,
  path: string,
  rules: Rules | null,
  paths: string[],
  command: HooksCommand,
): Promise<Finding[]> {
  const place = await findPlace(api, path);
  if (place === null) return [noPlace(path)];
  const findings: Finding[] = [];
  if (place.path.toLowerCase() !== path.toLowerCase()) findings.push(moved(path, place, command));
  try {
    const own = await hooksAt(api, place);
    const { found: above, hidden } = await hooksAbove(api, place.path);
    const [needs, alone] = needsOf(place, rules, paths);
    findings.push(...examinePlace(place, own, above, hidden, alone, worker.url, command));
    for (const each of own) {
      findings.push(...examineHook(each, needs, worker.url, command));
      const target = hookTarget(each.hook.url, worker.url);
      if (target.to !== "here") continue;
      const lost = await lostDeliveries(api, worker, each, target.path, null);
      const inARow = await failuresInARow(api, each);
      findings.push(...examineDeliveries(each, inARow, lost, command));
    }
  } catch (error) {
    if (!(error instanceof Refusal) || !/forbidden|not_found/.test(error.code)) throw error;
    findings.push(closed(place, error.message));
  }
  return findings;
}

/**
 * What the rules need of the hooks of a place: with what lies below it, and without what is below it
 * and looked at on its own.
 */
function needsOf(
  { path, owner }: Place,
  rules: Rules | null,
  paths: string[],
): [HookNeeds | null, HookNeeds | null] {
  if (rules === null) return [null, null];
  const others = paths.filter((each) => isWithin(each, path) && !isWithin(path, each));
  const alone = [...rules.mappings].filter(
    ([key]) => !others.some((each) => isWithin(key.replace(/^mapping\/gitlab\//, ""), each)),
  );
  return [
    hookNeeds(path, owner, rules.mappings, rules.destinations),
    hookNeeds(path, owner, new Map(alone), rules.destinations),
  ];
}

function noPlace(path: string): Finding {
  return {
    level: "error",
    code: "no_such_place",
    path,
    hook: null,
    message: "GitLab shows no project or group of this path to the owner of GITLAB_TOKEN",
    fix: "Was it renamed? Then rename its mapping. Else make the token's owner a member.",
    command: null,
  };
}

function moved(path: string, place: Place, command: HooksCommand): Finding {
  return {
    level: "error",
    code: "renamed",
    path,
    hook: null,
    message: `it is called ${place.path} now, so no event finds the mapping of ${path}`,
    fix: `Move mapping/gitlab/${path} to mapping/gitlab/${place.path.toLowerCase()}, publish, then put the webhook right.`,
    command: command("create", place.path),
  };
}

function closed({ path }: Place, message: string): Finding {
  return {
    level: "error",
    code: "not_shown",
    path,
    hook: null,
    message,
    fix: "Use a token of somebody who may.",
    command: null,
  };
}

function inWords({ terminal }: Context, findings: Finding[]): string {
  const styles = { error: "red", warning: "yellow", note: "dim" } as const;
  return findings
    .map(({ level, path, hook, message, fix, command }) =>
      [
        `${terminal.style(styles[level], level)}  ${path}${hook === null ? "" : `, webhook ${hook}`}: ${message.replace(/\.$/, "")}.`,
        `       ${fix}${command === null ? "" : `  ${terminal.style("bold", command)}`}`,
      ].join("\n"),
    )
    .join("\n");
}
