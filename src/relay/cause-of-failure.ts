import { classifyError } from "../slack/classify-error.ts";
import type { Role } from "./role.ts";

/** What puts a failed delivery right once its cause is mended: sending it again, deciding its event anew, nothing. */
type Mend = "retry" | "replay" | "none";

/** Why a delivery failed: a word for programs, what was said, and what a person does about it. */
export type Cause = { code: string; said: string; fix: string; mend: Mend };

/** What is done about a message that Slack refuses, whatever its word for it. */
export const REFUSED_FIX = "Correct the rule's message or variables, then replay the event.";

/** The ends that deliveries come to (see after-attempt.ts, pump.ts, routing.ts, what-to-send.ts), and what they mean. */
const ENDS: [reason: RegExp, cause: (said: string) => Cause][] = [
  [/^gave up after a day of retries: (.*)$/s, gaveUp],
  [/^Slack refused the message: (.*)$/s, refused],
  [
    /^GitLab refused the issue: (.*)$/s,
    (said) => ({
      code: "gitlab_refused",
      said,
      fix: "Correct what the rule says of the issue (its project, title or labels), then replay the event.",
      mend: "replay",
    }),
  ],
  [
    /^Causeway could not render it: (.*?)(?: Retry it once that is mended\.)?$/s,
    (said) => ({
      code: "could_not_render",
      said,
      fix: "A mistake of Causeway's: please report it. Retry it once that is mended.",
      mend: "retry",
    }),
  ],
  [
    /^Causeway could not route it: (.*?)(?: Replay it once that is mended\.)?$/s,
    (said) => ({
      code: "could_not_route",
      said,
      fix: "A mistake of Causeway's: please report it. Replay the event once that is mended.",
      mend: "replay",
    }),
  ],
  [
    /^(the event is no longer stored)$/,
    (said) => ({
      code: "event_gone",
      said,
      fix: "Nothing can be done: the event that its message was to be made of has been deleted.",
      mend: "none",
    }),
  ],
];

/** Derives the cause of a failed delivery from the reason that is stored with it, and from what it was for. */
export function causeOfFailure(reason: string | null, role: Role): Cause {
  const cause = causeIn(reason);
  if (role !== "alert" || cause.mend !== "replay") return cause;
  // No rule says what an alert says, and a replay makes none.
  const fix =
    'It was an alert of Causeway\'s own, and what it told is in "causeway problems" while it lasts. See that its destination, which ALERTS_TO names, can take a text: of a workflow, its variables.';
  return { ...cause, fix, mend: "none" };
}

function causeIn(reason: string | null): Cause {
  for (const [pattern, cause] of ENDS) {
    const said = pattern.exec(reason ?? "")?.[1];
    if (said !== undefined) return cause(said);
  }
  const said = reason ?? "no reason was kept";
  return { code: "other", said, fix: "Look at its attempts, then retry it.", mend: "retry" };
}

function gaveUp(said: string): Cause {
  return {
    code: "gave_up",
    said,
    fix: "It was not taken for a day. Once whoever should take it is well again, retry it.",
    mend: "retry",
  };
}

/** Slack's word decides: about the place or the person it can be mended there, else the rule must change. */
function refused(said: string): Cause {
  const word = wordIn(said);
  const verdict = word === null ? null : classifyError(word);
  if (verdict?.outcome === "blocked") {
    return { code: word ?? "refused", said, fix: verdict.fix, mend: "retry" };
  }
  return {
    code: word ?? "refused",
    said,
    fix: REFUSED_FIX,
    mend: "replay",
  };
}

function wordIn(said: string): string | null {
  const word = /^(?:\{.*"error":")?([a-z]+(?:_[a-z0-9]+)+)(?=[".;\s]|$)/s.exec(said)?.[1];
  return word ?? null;
}
