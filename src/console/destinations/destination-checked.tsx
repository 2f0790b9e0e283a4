import type { Busy, Check } from "../../checks/check.ts";
import { StateMark } from "../state-mark.tsx";

/** What a look at a destination found, and what to do about it. */
export function DestinationChecked({ name, check }: { name: string; check: Check | Busy }) {
  if ("busy" in check) {
    return (
      <p class="small">
        Slack asks for {check.retryAfterSeconds} seconds of patience. Check it again then.
      </p>
    );
  }
  const { findings, facts } = check;
  const channel = facts["channelName"];
  return (
    <div class="stack small">
      {findings.length === 0 ? (
        <p>
          <StateMark tone="good">fine</StateMark> Nothing is wrong with {name}
          {typeof channel === "string" ? `, which is #${channel}` : ""}
          {facts["paused"] === true ? "; but it is paused" : ""}.
        </p>
      ) : (
        findings.map(({ severity, message, fix }) => (
          <p>
            <StateMark tone={severity === "error" ? "bad" : "waiting"}>{severity}</StateMark>{" "}
            {message} <b>{fix}</b>
          </p>
        ))
      )}
    </div>
  );
}
