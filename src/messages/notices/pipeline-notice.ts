import type { Event } from "../../event.ts";
import type { FailedJob, PipelineDetails } from "../../gitlab/kinds/pipeline.ts";
import { notice, type Notice } from "../notice.ts";
import { code, link, say, type Phrase } from "../phrase.ts";
import { commitFact, facts, tookFact } from "./facts.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import { titled } from "./subject.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

const MAX_JOBS = 10;
const NONE = { lines: [], unlisted: 0 };

/** Pipelines: what failed, and whether it is news. */
export function pipelineNotice(event: Event, details: PipelineDetails): Notice {
  const { said, sign } = outcome(event, details);
  const pipeline = link(event.url, details.id === null ? "pipeline" : `#${details.id}`);
  const started = details.child ? "Child pipeline" : "Pipeline";
  const place = where(event);
  const ref = details.mergeRequest === null ? refOf(event, details) : null;
  const change = event.types.includes("pipeline.broken")
    ? "broken"
    : event.types.includes("pipeline.fixed")
      ? "fixed"
      : null;
  const headline =
    change !== null && ref !== null
      ? say`${ref} is ${change}${place}: pipeline ${pipeline} ${said}`
      : say`${started} ${pipeline} ${said}${onWhat(event, details)}${place}`;
  return notice(headline, {
    sign,
    ...jobs(event, details),
    facts: facts(
      tookFact(sign === null ? null : details.duration),
      details.name === null ? null : say`${details.name}`,
      event.source === "schedule"
        ? say`scheduled`
        : event.actor === null
          ? null
          : say`by ${who(event)}`,
      commitFact(details.commit),
    ),
  });
}

function outcome({ action }: Event, { detailedStatus }: PipelineDetails): Outcome {
  if (action === "success" && detailedStatus?.includes("warning") === true) {
    return { said: "passed with warnings", sign: "warning" };
  }
  if (action === "manual") return { said: "waits for somebody to start a job", sign: null };
  return outcomeOf(action);
}

function onWhat(event: Event, details: PipelineDetails): Phrase {
  const { mergeRequest } = details;
  if (mergeRequest !== null) {
    return say` for ${titled(mergeRequest.url, "merge_request", mergeRequest.iid, mergeRequest.title)}`;
  }
  const ref = refOf(event, details);
  return ref === null ? [] : say` on ${ref}`;
}

function refOf({ ref }: Event, { tag }: PipelineDetails): Phrase | null {
  return ref === null ? null : tag ? say`tag ${code(ref)}` : code(ref);
}

/** The jobs that failed, the first ten of them. */
function jobs(
  { action }: Event,
  { failedJobs, allowedToFail }: PipelineDetails,
): Pick<Notice, "lines" | "unlisted"> {
  if (action === "failed" && failedJobs.length > 0) {
    const lines = failedJobs.slice(0, MAX_JOBS).map(jobSaid);
    return { lines, unlisted: failedJobs.length - lines.length };
  }
  if (action !== "failed" && action !== "success") return NONE;
  // Of those that may fail only their number is news, and only where nothing worse is.
  const [first, ...others] = allowedToFail;
  if (first === undefined) return NONE;
  const more = others.length === 0 ? null : say` and ${others.length} more`;
  return { lines: [say`${jobSaid(first)}${more}, allowed to fail`], unlisted: 0 };
}

function jobSaid({ name, stage, url }: FailedJob): Phrase {
  return stage === null ? link(url, name) : say`${link(url, name)} (${stage})`;
}
