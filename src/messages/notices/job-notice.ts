import type { Event } from "../../event.ts";
import type { JobDetails } from "../../gitlab/kinds/job.ts";
import { notice, type Notice } from "../notice.ts";
import { code, link, say } from "../phrase.ts";
import { commitFact, facts, tookFact } from "./facts.ts";
import { outcomeOf } from "./outcome.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

/** Jobs: where it went wrong and why. */
export function jobNotice(event: Event, details: JobDetails): Notice {
  const { said, sign } = outcomeOf(event.action);
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
