import type { HooksLook } from "../../gitlab/hooks-api/look-at-hooks.ts";
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
  const [latest] = seen.latest;
  return (
    <>
      <input type="hidden" id="disabled-hooks" name="disabled-hooks" value={String(ill.length)} />
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
      {look.trouble !== null || look.hooks.length > 0 || latest === undefined ? null : (
        <p>
          Events come all the same, the last <Moment at={latest.at} now={now} />: through a webhook
          that is not shown to the owner of GITLAB_API_TOKEN, or from somewhere else.
        </p>
      )}
      <p class="soft small">
        Asked <Moment at={at} now={now} />. {unseenInWords(look)} <a href={HOOKS}>All webhooks</a>
      </p>
    </>
  );
}

/** Which projects and groups were not seen and why, and how many were not asked for; "" where all were. */
function unseenInWords({ notSeen, next }: HooksLook): string {
  const [first] = notSeen;
  const of = (count: number): string => counted(count, "project or group", "projects and groups");
  const hidden =
    first === undefined
      ? ""
      : notSeen.length === 1
        ? `${first.path} was not seen: ${first.why}.`
        : `${of(notSeen.length)} were not seen, ${first.path} among them: ${first.why}.`;
  const left =
    next === null
      ? ""
      : `${of(next.left)} ${next.left === 1 ? "was" : "were"} not asked about yet.`;
  return [hidden, left].filter((said) => said !== "").join(" ");
}
