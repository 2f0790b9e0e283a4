import type { GitlabRefused } from "../../gitlab/hooks-api/gitlab.ts";
import { Refusal } from "../terminal/refusal.ts";

/** What GitLab answered; throws a {@link Refusal} with what it refused. */
export function orRefuse<T extends { ok: true }>(answer: T | GitlabRefused): T {
  if (answer.ok) return answer;
  throw new Refusal(answer.code, answer.message);
}
