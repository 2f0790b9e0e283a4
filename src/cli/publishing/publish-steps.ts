import { consent } from "../consent.ts";
import type { Context } from "../context.ts";
import type { Target } from "../targets/target.ts";
import { counted } from "../../words/counted.ts";
import { withProgress } from "../terminal/with-progress.ts";
import type { Publish } from "../../publishing/publish.ts";
import { countedChanges } from "./show-plan.ts";
import type { Step } from "../../publishing/step.ts";
import { untilInterrupted } from "./until-interrupted.ts";

/** What is to be published, by whom and why; `restores` is the publish that is undone, if one is. */
export type Proposal = {
  steps: Step[];
  by: string;
  why: string;
  restores: string | null;
  /** Nobody is asked. */
  yes: boolean;
};

/** Asks, if somebody is there to answer, and publishes. Without a yes nothing is changed. */
export async function publishSteps(
  context: Context,
  target: Target,
  { steps, by, why, restores, yes }: Proposal,
): Promise<Publish> {
  await consent(context, `Publish ${countedChanges(steps)}, to ${target.name}?`, yes);
  const { stop, end } = untilInterrupted(() =>
    context.terminal.note("Stopping after this batch … (Ctrl-C again ends it at once)"),
  );
  const changes = steps.map(({ key, after, ifMatch }) => ({ key, text: after, ifMatch }));
  try {
    return await withProgress(context.terminal, "Publishing", steps.length, (progress) =>
      target.publish({ by, why, via: "command line", restores, changes }, { progress, stop }),
    );
  } finally {
    end();
  }
}

/** What was published, for people. */
export function published({ id, total, written, problem }: Publish, target: Target): string {
  const head = `Published ${counted(total, "document")} to ${target.name} as ${id}.`;
  if (written === total) return head;
  const why = problem === null ? "" : ` (${problem})`;
  return `${head}\nIt goes on writing by itself: ${written} of ${total} are in KV so far${why}. "causeway history ${id}" shows how far it is.`;
}
