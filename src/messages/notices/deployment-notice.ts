import type { DeploymentDetails } from "../../gitlab/kinds/deployment.ts";
import type { Event } from "../../event.ts";
import { notice, type Notice } from "../notice.ts";
import { bold, code, link, outwardLink, say, type Phrase } from "../phrase.ts";
import { commitFact, facts } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

/** Deployments: what goes where, and who let it. */
export function deploymentNotice(event: Event, details: DeploymentDetails): Notice {
  const name = event.environment ?? "an environment";
  const to =
    details.environmentUrl === null ? bold(name) : outwardLink(details.environmentUrl, name);
  const [by, place] = [who(event), where(event)];
  const { headline, sign } = said(event.action, to, by, place);
  return notice(headline, {
    sign,
    quote: details.comment,
    facts: facts(
      commitFact(details.commit),
      event.ref === null ? null : code(event.ref),
      details.jobUrl === null ? null : link(details.jobUrl, "job"),
    ),
  });
}

function said(
  status: string,
  to: Phrase,
  by: Phrase,
  place: Phrase,
): { headline: Phrase; sign: string | null } {
  switch (status) {
    case "running":
      return { headline: say`${by} is deploying to ${to}${place}`, sign: null };
    case "success":
      return { headline: say`${by} deployed to ${to}${place}`, sign: "white_check_mark" };
    case "failed":
      return { headline: say`Deployment to ${to} by ${by} failed${place}`, sign: "x" };
    case "canceled":
      return { headline: say`Deployment to ${to} by ${by} was canceled${place}`, sign: null };
    case "blocked":
      return {
        headline: say`Deployment to ${to} by ${by} waits for approval${place}`,
        sign: "hourglass",
      };
    case "approved":
      return {
        headline: say`${by} approved the deployment to ${to}${place}`,
        sign: "white_check_mark",
      };
    case "rejected":
      return { headline: say`${by} rejected the deployment to ${to}${place}`, sign: "x" };
    default:
      return {
        headline: say`Deployment to ${to} is ${status.replaceAll("_", " ")}${place}`,
        sign: null,
      };
  }
}
