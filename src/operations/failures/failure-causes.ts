import { REFUSED_FIX } from "../../relay/cause-of-failure.ts";
import type { Failure } from "../../relay/failures.ts";

/** What is stuck for one cause: the same fix puts all of it right. */
export type FailureCause = Pick<Failure, "kind" | "code" | "fix" | "mend"> & {
  /** A word for it that can be part of an address, the same as long as the cause is the same. */
  id: string;
  count: number;
  /** When the first and the last failed, or began to wait (milliseconds). */
  oldest: number;
  newest: number;
  /** The destinations that it stopped, the most messages first. */
  stopped: Stopped[];
};

/** What is stuck at one destination for one cause; `alerts`: how many of them are Causeway's own. */
export type Stopped = Failure & { alerts: number };

/** Puts failures together by what is to be done about them: what is paused first, then the most messages first. */
export function failureCauses(failures: Failure[]): FailureCause[] {
  const groups = Map.groupBy(failures, ({ kind, code, fix, mend, destination }) =>
    // Each pause of a person's has its own reason.
    JSON.stringify([
      kind,
      causeCode({ code, fix }),
      fix,
      mend,
      mend === "resume" ? destination : destination === null,
    ]),
  );
  const causes = [...groups.values()].flatMap((group): FailureCause[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, fix, mend } = first;
    const code = causeCode(first);
    const stopped = byDestination(group);
    return [
      {
        id: [kind, code, mend, ...(group.length === 1 ? [first.destination ?? "-"] : [])].join("."),
        kind,
        code,
        fix,
        mend,
        count: sumOf(group),
        oldest: Math.min(...group.map(({ oldest }) => oldest)),
        newest: Math.max(...group.map(({ newest }) => newest)),
        stopped,
      },
    ];
  });
  return causes.sort(
    (one, other) =>
      Number(other.kind === "paused") - Number(one.kind === "paused") || other.count - one.count,
  );
}

/** Slack has many words for a message that the rule has to say otherwise. */
function causeCode({ code, fix }: Pick<Failure, "code" | "fix">): string {
  return fix === REFUSED_FIX ? "refused" : code;
}

/** A retry sends alerts with the rest, so they are one line with it. */
function byDestination(group: Failure[]): Stopped[] {
  const places = Map.groupBy(group, ({ destination, code }) => JSON.stringify([destination, code]));
  return [...places.values()]
    .flatMap((all): Stopped[] => {
      const latest = all.toSorted((one, other) => other.newest - one.newest)[0];
      if (latest === undefined) return [];
      return [
        {
          ...latest,
          count: sumOf(all),
          alerts: sumOf(all.filter(({ alert }) => alert)),
          oldest: Math.min(...all.map(({ oldest }) => oldest)),
          examples: all.flatMap(({ examples }) => examples).slice(-5),
        },
      ];
    })
    .sort((one, other) => other.count - one.count);
}

function sumOf(all: Failure[]): number {
  return all.reduce((sum, { count }) => sum + count, 0);
}
