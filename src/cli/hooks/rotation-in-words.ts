import type { Vouching } from "../gitlab/set-hook.ts";
import { firstFew } from "../../words/first-few.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { notSeenInWords, type NotSeen } from "./look-at-places.ts";

/** A webhook that has its new token. */
export type Rotated = { id: number; path: string; vouching: Vouching };
/** One that was left alone. `old`: its token is not of the first master secret, or may not be. */
export type Skipped = { id: number; path: string; why: string; old: boolean };

/**
 * `paths` are those that were asked for; `lookedAt` those that were found, with those around them;
 * `overlaps`: an old master secret is still good beside the new one.
 */
type Rotation = {
  paths: string[];
  lookedAt: string[];
  notSeen: NotSeen[];
  rotated: Rotated[];
  skipped: Skipped[];
  overlaps: boolean;
};

const MOST_NAMED = 10;

/** What was done to one webhook. */
export function outcomeInWords(outcome: Rotated | Skipped): string {
  const hook = `${outcome.path}, webhook ${outcome.id}`;
  if ("why" in outcome) return `${hook}: left alone, for ${outcome.why}`;
  return `${hook}: ${outcome.vouching === "token" ? "new plain token" : "new signing token"}`;
}

/**
 * What was done in all, where it was looked for, and whether the old master secret may go; `doctor` is
 * the command that says what is refused.
 */
export function rotationInWords(
  { paths, lookedAt, notSeen, rotated, skipped, overlaps }: Rotation,
  worker: Pick<AdminApi, "url" | "isLocal">,
  doctor: string,
): string {
  const left = skipped.length === 0 ? "" : `, ${skipped.length} left alone`;
  const asked = lookedAt.filter((path) => paths.includes(path.toLowerCase()));
  const others = lookedAt.length - asked.length;
  const looked = [
    ...firstFew(asked, MOST_NAMED),
    ...(others === 0 ? [] : [`${others} above and below`]),
  ];
  const mayBeOld = skipped.some(({ old }) => old) || notSeen.some(({ hidden }) => hidden);
  return [
    rotated.length + skipped.length === 0
      ? `No webhook sends to ${worker.url}.`
      : `${rotated.length} done${left}.`,
    ...(looked.length === 0 ? [] : [`Looked at ${looked.join(", ")}.`]),
    ...(notSeen.length === 0 ? [] : ["Not looked at:", ...notSeenInWords(notSeen)]),
    overlaps ? whetherOldMayGo(mayBeOld, worker, doctor) : whatOneSecretMeans(mayBeOld, doctor),
  ].join("\n");
}

function whetherOldMayGo(
  mayBeOld: boolean,
  worker: Pick<AdminApi, "isLocal">,
  doctor: string,
): string {
  if (mayBeOld) {
    return "Keep the old master secret until that is done too, by hand or by somebody who may look there: it may have its token of it.";
  }
  const drop = worker.isLocal
    ? "write the new one alone as HOOK_MASTER_SECRETS in .dev.vars, then npm start again"
    : "npx wrangler secret put HOOK_MASTER_SECRETS, with the new one alone";
  return `Only when no webhook elsewhere has a token of the old master secret: ${drop}. Then this says what is refused (401): ${doctor}`;
}

function whatOneSecretMeans(mayBeOther: boolean, doctor: string): string {
  return mayBeOther
    ? "What was left out may have another token, and be refused (401): have it set by hand, or by somebody who may look there."
    : `There is one master secret, so nothing is left to do. This says what is refused (401): ${doctor}`;
}
