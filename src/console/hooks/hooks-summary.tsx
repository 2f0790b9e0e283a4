import type { HooksSeen } from "../../operations/hooks/hooks-everywhere.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";
import { EnableForm } from "./enable-form.tsx";
import { disabledOf, headlineOf, HOOKS } from "./hooks-page.tsx";

const MOST = 5;

/** What the overview says of GitLab's webhooks: those that it does not send to, or that all is well. */
export function HooksSummary(props: { seen: HooksSeen; mayChange: boolean; now: number }) {
  const { seen, mayChange, now } = props;
  const { at, look } = seen;
  if (!look.asked) {
    return (
      <p class="soft">
        Whether GitLab disabled a webhook is not known here. <a href={HOOKS}>Why, and what to do</a>
      </p>
    );
  }
  const ill = disabledOf(look.hooks);
  const unseen = look.notSeen.length + (look.next?.left ?? 0);
  return (
    <>
      {look.trouble === null ? (
        <p>
          <StateMark tone={ill.length > 0 ? "bad" : look.hooks.length > 0 ? "good" : "plain"}>
            {ill.length > 0 ? "disabled" : look.hooks.length > 0 ? "fine" : "none"}
          </StateMark>{" "}
          {headlineOf(look)}
        </p>
      ) : (
        <p>
          <StateMark tone="waiting">not known</StateMark> {look.trouble}
        </p>
      )}
      {ill.length === 0 ? null : (
        <ul>
          {ill.slice(0, MOST).map((each) => (
            <li>
              <div class="row">
                <a href={`${each.place.page}/${each.hook.id}/edit`} rel="noreferrer">
                  {each.place.path}
                </a>
                {mayChange ? <EnableForm hook={each} back="/admin" /> : null}
              </div>
            </li>
          ))}
        </ul>
      )}
      <p class="soft small">
        Asked <Moment at={at} now={now} />
        {unseen === 0
          ? ""
          : `; ${counted(unseen, "project or group", "projects and groups")} were not seen`}
        . <a href={HOOKS}>All webhooks</a>
      </p>
    </>
  );
}
