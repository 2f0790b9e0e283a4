import type { Random } from "../random.ts";
import type { Project } from "./configuration.ts";
import type { Webhook } from "./webhook.ts";

/** Every tenth event or so is of no interest, and now and then a body is no JSON. */
const NOTHING_SHARE = 0.1;
const UNREADABLE_SHARE = 0.02;
/** So few issues per project that many events are about the same one. */
const ISSUES = 12;

/** Makes webhooks with one number after the other: project, issue and kind by chance, unless they are given. */
export function webhookMaker(
  random: Random,
  projects: Project[],
): (count: number, alike?: Partial<Webhook>) => Webhook[] {
  let lastNumber = 0;

  function make(alike: Partial<Webhook>): Webhook {
    lastNumber += 1;
    return {
      number: lastNumber,
      project: random.pick(projects),
      iid: random.between(1, ISSUES),
      wants: wantsBy(random.next()),
      ...alike,
    };
  }

  return (count, alike = {}) => Array.from({ length: count }, () => make(alike));
}

function wantsBy(chance: number): Webhook["wants"] {
  if (chance < UNREADABLE_SHARE) return "unreadable";
  return chance < UNREADABLE_SHARE + NOTHING_SHARE ? "nothing" : "message";
}
