import { brokenNow } from "../../operations/events/broken-now.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { byWhom } from "../../operations/events/why-posted.ts";
import type { RuleSaid, ShownEvent } from "../../relay/show-event.ts";
import { oneLine } from "../../words/one-line.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";
import { documentAt } from "../publish/document-link.tsx";

type RulesAskedProps = {
  event: ShownEvent;
  problems: ProblemItem[];
  /** In milliseconds. */
  now: number;
};

/** Every rule that was asked, with ✓ or the first condition that was false; then what those of replays said. */
export function RulesAsked({ event, problems, now }: RulesAskedProps) {
  const { id, rules, replays } = event;
  return (
    <section class="card" aria-labelledby="rules">
      <h2 id="rules">What the rules said</h2>
      {rules.length === 0 ? (
        <p class="soft">No rule was asked when it came.</p>
      ) : (
        <p class="small soft">The rules as they were when it came, nearest mapping first.</p>
      )}
      <Verdicts event={id} {...{ rules, problems }} />
      {replays.map(({ at, by, rules: later }) => (
        <div class="stack">
          <h3>
            By a replay{byWhom(by)}, <Moment at={Date.parse(at)} now={now} />
          </h3>
          {later.length === 0 ? <p class="soft">No rule was asked then.</p> : null}
          <Verdicts event={id} rules={later} problems={problems} />
        </div>
      ))}
    </section>
  );
}

type VerdictsProps = { event: string; rules: RuleSaid[]; problems: ProblemItem[] };

function Verdicts({ event, rules, problems }: VerdictsProps) {
  return (
    <>
      {[...Map.groupBy(rules, ({ mapping }) => mapping)].map(([mapping, all]) => (
        <div class="stack">
          <h3>{mapping}</h3>
          <Broken mapping={mapping} problems={problems} />
          <ul class="verdicts">
            {all.map(({ rule, matched, why }) => (
              <li>
                <StateMark tone={matched ? "good" : "off"}>
                  {matched ? "matched" : "did not"}
                </StateMark>
                <span>
                  <a href={documentAt(mapping, { rule, event })}>{rule}</a>
                  <span class="soft small why">{oneLine(why, 300)}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function Broken({ mapping, problems }: { mapping: string; problems: ProblemItem[] }) {
  const said = brokenNow(mapping, problems);
  return said === null ? null : <p class="small">{said}</p>;
}
