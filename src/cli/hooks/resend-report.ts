import { EXIT, type Refusal } from "../terminal/refusal.ts";
import type { Report } from "../verb.ts";
import type { Lost, LostDeliveries } from "./delivery-log.ts";
import { statusInWords, isRefused } from "./examine-deliveries.ts";

/** The status that GitLab got, or its words for none. */
export type Outcome = { id: number; status: string };
/** What was sent, and why no more was; null: everything was sent, or GitLab would disable the webhook. */
export type Resent = { outcomes: Outcome[]; brokenOff: Refusal | null };

/** Whether a status says that a delivery arrived. */
export function isDelivered(status: string): boolean {
  return /^[23]\d\d$/.test(status);
}

/** What would be sent again, and was not; `renew` is the command that sets the token anew. */
export function planned(list: LostDeliveries, renew: string): Report {
  const count = list.lost.length;
  const lines = list.lost.map(
    ({ id, trigger, at, status }) =>
      `  ${id}  ${at === null ? "" : `${new Date(at).toISOString()}  `}${trigger}  ${statusInWords(status)}`,
  );
  return {
    json: { lost: list.lost.map(dated), resent: [], ...sums(list) },
    text:
      count === 0
        ? `Nothing is missing: all that GitLab has on its list arrived.${remarks(list)}`
        : [
            `${count} to be sent again (nothing was, with --dry-run):${remarks(list)}`,
            ...lines,
            ...(list.lost.some(isRefused) ? [renewInWords(renew)] : []),
          ].join("\n"),
  };
}

/** What was sent again, and what is left. */
export function sent(list: LostDeliveries, { outcomes, brokenOff }: Resent, renew: string): Report {
  const good = outcomes.filter(({ status }) => isDelivered(status));
  const bad = outcomes.filter(({ status }) => !isDelivered(status));
  const left = list.lost.length - outcomes.length;
  const last = bad.at(-1);
  return {
    json: {
      lost: list.lost.map(dated),
      resent: outcomes,
      left,
      ...sums(list),
      brokenOff: brokenOff === null ? null : { code: brokenOff.code, message: brokenOff.message },
    },
    text: [
      `${good.length} of ${list.lost.length} sent again.${remarks(list)}`,
      ...(last === undefined ? [] : [`${bad.length} failed again: ${statusInWords(last.status)}`]),
      ...(bad.some(isRefused) ? [renewInWords(renew)] : []),
      ...(left > 0 ? [whyStopped(left, brokenOff)] : []),
    ].join("\n"),
    exit: left > 0 ? EXIT.partial : bad.length > 0 ? EXIT.found : EXIT.done,
  };
}

function renewInWords(renew: string): string {
  return `If the token was not set anew since: ${renew}`;
}

function whyStopped(left: number, brokenOff: Refusal | null): string {
  return brokenOff === null
    ? `Stopped with ${left} left, for GitLab disables a webhook that goes on failing. Put the cause right, and run this again.`
    : `Stopped with ${left} left. ${brokenOff.message} Run this again: what arrived is left out.`;
}

function sums({ arrived, unnumbered, cutOff }: LostDeliveries) {
  return { arrived, unnumbered, cutOff };
}

function dated(lost: Lost) {
  return { ...lost, at: lost.at === null ? null : new Date(lost.at).toISOString() };
}

function remarks({ arrived, unnumbered, cutOff }: LostDeliveries): string {
  return [
    arrived > 0 ? ` ${arrived} failed for GitLab and arrived all the same.` : "",
    unnumbered > 0
      ? ` ${unnumbered} are left out: this GitLab (before 17.4) does not number its deliveries.`
      : "",
    cutOff ? " There are more than a thousand: run it again afterwards." : "",
  ].join("");
}
