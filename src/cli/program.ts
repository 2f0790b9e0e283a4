import { Command } from "commander";
import project from "../../package.json" with { type: "json" };
import { addCompletion } from "./completion.ts";
import type { Context } from "./context.ts";
import { send } from "./verbs/send.ts";
import { tail } from "./verbs/tail.ts";
import { events } from "./verbs/events.ts";
import { event } from "./verbs/event.ts";
import { deliveries } from "./verbs/deliveries.ts";
import { failed } from "./verbs/failed.ts";
import { problems } from "./verbs/problems.ts";
import { ledger } from "./verbs/ledger.ts";
import { replay } from "./verbs/replay.ts";
import { retry } from "./verbs/retry.ts";
import { pause } from "./verbs/pause.ts";
import { resume } from "./verbs/resume.ts";
import { discard } from "./verbs/discard.ts";
import { importing } from "./verbs/import.ts";
import { backtest } from "./verbs/backtest.ts";
import { diff } from "./verbs/diff.ts";
import { history } from "./verbs/history.ts";
import { pull } from "./verbs/pull.ts";
import { push } from "./verbs/push.ts";
import { rollback } from "./verbs/rollback.ts";
import { doctor } from "./verbs/doctor.ts";
import { init } from "./verbs/init.ts";
import { lint } from "./verbs/lint.ts";
import { hooks } from "./verbs/hooks.ts";
import { people } from "./verbs/people.ts";
import { simulate } from "./verbs/simulate.ts";

/** The verbs, in the order in which help lists them, under the headings that it has. */
const VERBS: Record<string, ((context: Context) => Command)[]> = {
  "Configuration as code:": [init, lint, diff, push, pull, history, rollback],
  "Try it first:": [simulate, backtest],
  "What happens, and what to do about it:": [
    send,
    tail,
    events,
    event,
    deliveries,
    failed,
    problems,
    ledger,
    replay,
    retry,
    pause,
    resume,
    discard,
  ],
  "GitLab and Slack:": [hooks, doctor, people],
  "Moving in:": [importing],
};

/** The whole command line. Mistakes are thrown as `CommanderError` once they are printed. */
export function program(context: Context): Command {
  const causeway = new Command("causeway")
    .description("Looks after Causeway: its configuration, what it received, and what it sent.")
    .version(project.version)
    .showHelpAfterError("(--help shows what there is)")
    .exitOverride();
  for (const [heading, verbs] of Object.entries(VERBS)) {
    for (const make of verbs) {
      causeway.addCommand(inheriting(causeway, make(context)).helpGroup(heading));
    }
  }
  addCompletion(causeway, context);
  return causeway;
}

/** Verbs, and the verbs within them, treat mistakes as the whole does. */
function inheriting(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent);
  for (const inner of command.commands) inheriting(command, inner);
  return command;
}
