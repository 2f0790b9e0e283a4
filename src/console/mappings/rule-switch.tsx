import type { Rule } from "../../mappings/schema.ts";
import { StateMark } from "../state-mark.tsx";

/** Whether a rule is on, and the button (`id`) that changes it. `back`: the page to come back to. */
export function RuleSwitch(props: {
  id?: string;
  mapping: string;
  etag: string;
  rule: Rule;
  back: string;
  mayChange: boolean;
}) {
  const { id, mapping, etag, rule, back, mayChange } = props;
  const isOn = rule.enabled !== false;
  return (
    <div class="row">
      {isOn ? <StateMark tone="good">on</StateMark> : <StateMark tone="off">off</StateMark>}
      {rule.mode === "shadow" ? <StateMark tone="plain">shadow</StateMark> : null}
      {mayChange ? (
        <form method="post" action="/admin/rules/switch">
          <input type="hidden" name="mapping" value={mapping} />
          <input type="hidden" name="rule" value={rule.name} />
          <input type="hidden" name="etag" value={etag} />
          <input type="hidden" name="on" value={String(!isOn)} />
          <input type="hidden" name="back" value={back} />
          <button id={id} class="plain">
            {isOn ? "switch off" : "switch on"}
            <span class="unseen">: {rule.name}</span>
          </button>
        </form>
      ) : null}
    </div>
  );
}
