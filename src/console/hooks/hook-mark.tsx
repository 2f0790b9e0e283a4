import type { Hook } from "../../gitlab/hooks-api/hook.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";

/** Whether GitLab sends to a hook, in a word or two. */
export function HookMark({ hook, now }: { hook: Hook; now: number }) {
  const status = hook.alert_status ?? "executable";
  switch (status) {
    case "executable":
      return <StateMark tone="good">sends</StateMark>;
    case "disabled":
      return <StateMark tone="bad">disabled</StateMark>;
    case "temporarily_disabled": {
      const until = Date.parse(hook.disabled_until ?? "");
      return (
        <>
          <StateMark tone="bad">disabled</StateMark>
          {Number.isNaN(until) ? null : (
            <div class="soft small">
              GitLab tries again <Moment at={until} now={now} />
            </div>
          )}
        </>
      );
    }
  }
}
