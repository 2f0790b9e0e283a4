import type { Event } from "../../gitlab/event.ts";
import type { JobDetails } from "../../gitlab/kinds/job.ts";
import { notice, type Notice } from "../notice.ts";
import { code, link, say } from "../phrase.ts";
import { commitFact, facts, tookFact } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";
import { ownWord } from "./words.ts";

const OUTCOMES: Record<string, { said: string; sign: string | null }> = {
  success: { said: "passed", sign: "white_check_mark" },
  failed: { said: "failed", sign: "x" },
  canceled: { said: "was canceled", sign: null },
  skipped: { said: "was skipped", sign: null },
  created: { said: "was created", sign: null },
  manual: { said: "waits to be started by hand", sign: null },
};

/** Jobs: where it went wrong and why. */
export function jobNotice(event: Event, details: JobDetails): Notice {
  const known = ownWord(OUTCOMES, event.action);
  const { said, sign } = known ?? { said: `is ${event.action.replaceAll("_", " ")}`, sign: null };
  const may = event.action === "failed" && details.allowedToFail;
  const { pipeline, retries, stage } = details;
  const ref = event.ref === null ? null : say` on ${details.tag ? "tag " : ""}${code(event.ref)}`;
  return notice(
    say`Job ${link(event.url, details.name ?? "without a name")} ${said}${ref}${where(event)}${may ? " (allowed to fail)" : ""}`,
    {
      sign: may ? "warning" : sign,
      facts: facts(
        stage === null ? null : say`stage ${stage}`,
        details.failureReason === null ? null : say`${details.failureReason.replaceAll("_", " ")}`,
        event.environment === null ? null : say`environment ${code(event.environment)}`,
        retries === 0 ? null : say`attempt ${retries + 1}`,
        tookFact(sign === null ? null : details.duration),
        pipeline === null ? null : say`pipeline ${link(pipeline.url, `#${pipeline.id}`)}`,
        event.actor === null ? null : say`by ${who(event)}`,
        commitFact(details.commit),
      ),
    },
  );
}
