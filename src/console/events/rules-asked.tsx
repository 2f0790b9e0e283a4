import type { ProblemItem } from "../../operations/overview/problems.ts";
import type { ShownEvent } from "../../relay/show-event.ts";
import { oneLine } from "../../words/one-line.ts";
import { StateMark } from "../state-mark.tsx";
import { editorAt } from "./editor-at.ts";

type RulesAskedProps = { rules: ShownEvent["rules"]; problems: ProblemItem[] };

/** Every rule that was asked, with ✓ or the first condition that was false. */
export function RulesAsked({ rules, problems }: RulesAskedProps) {
  const mappings = [...new Set(rules.map(({ mapping }) => mapping))];
  return (
    <section class="card" aria-labelledby="rules">
      <h2 id="rules">What the rules said</h2>
      {rules.length === 0 ? (
        <p class="soft">No rule was asked.</p>
      ) : (
        <p class="small soft">The rules as they were then, nearest mapping first.</p>
      )}
      {mappings.map((mapping) => (
        <div class="stack">
          <h3>{mapping}</h3>
          <Broken mapping={mapping} problems={problems} />
          <ul class="verdicts">
            {rules
              .filter((each) => each.mapping === mapping)
              .map(({ rule, matched, why }) => (
                <li>
                  <StateMark tone={matched ? "good" : "off"}>
                    {matched ? "matched" : "did not"}
                  </StateMark>
                  <span>
                    <a href={editorAt(mapping, rule)}>{rule}</a>
                    <span class="soft small why">{oneLine(why, 300)}</span>
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** The rules are those of the last good copy, which whoever looks at the document does not see. */
function Broken({ mapping, problems }: { mapping: string; problems: ProblemItem[] }) {
  const found = problems.flatMap(({ documents }) => documents).find(({ key }) => key === mapping);
  if (found === undefined) return null;
  return (
    <p class="small">
      As it is published now it cannot be used: {oneLine(found.problem, 200).replace(/\.$/, "")}.
      These are the rules of {found.using}.
    </p>
  );
}
