import type { Finding } from "../../checks/check.ts";
import type { Answered } from "./show-answers.ts";

/**
 * The answers with each trouble in one place: what keeps a destination from taking messages is said
 * there, and not again as the reason why it is paused; what is wrong with a document is said where KV
 * is looked at; and what the Slack app lacks is said of the app, and not of each channel.
 */
export function eachOnce(answers: Answered[]): Answered[] {
  return answers.map((answer) => ({
    ...answer,
    findings: answer.findings.filter((finding) => !isSaidElsewhere(finding, answer, answers)),
  }));
}

function isSaidElsewhere(finding: Finding, { group }: Answered, answers: Answered[]): boolean {
  const { code, fix, message, destinations } = finding;
  const isOfApp = (other: Finding) => other.code === code && other.fix === fix;
  if (group !== "Slack" && of("Slack", answers).some(({ findings }) => findings.some(isOfApp))) {
    return true;
  }
  if (group !== "Worker") {
    return of("Worker", answers).some(({ findings }) =>
      findings.some((other) => other.code === code && other.message === message),
    );
  }
  return (
    destinations !== undefined &&
    destinations.every((name) =>
      of("Destinations", answers).some(
        (answer) => answer.name === name && answer.findings.some((other) => other.code === code),
      ),
    )
  );
}

function of(group: Answered["group"], answers: Answered[]): Answered[] {
  return answers.filter((answer) => answer.group === group);
}
