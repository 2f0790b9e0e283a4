import { fewNamed } from "../../words/few-named.ts";
import { targetAlone } from "../../mappings/address.ts";
import { causeInWords } from "../../operations/failures/cause-in-words.ts";
import type { FailureCause, Stopped } from "../../operations/failures/failure-causes.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";
import { bigNumber } from "../../words/big-number.ts";
import { counted } from "../../words/counted.ts";
import { named } from "../../words/named.ts";
import { Fix } from "../failed/fix.tsx";
import { RetryForm } from "../failed/retry-form.tsx";
import { inAddress } from "../in-address.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";
import type { OverviewProps } from "./overview-page.tsx";

const HERE = "/admin";
/** More names than these are on the page of what failed. */
const MAX_NAMES = 3;

/** What one cause has stopped, what a person does about it, and the button that does the rest. */
export function StuckCard(props: OverviewProps & { cause: FailureCause }) {
  const { cause, channels, names, mayChange, now } = props;
  const { kind, code, stopped, oldest, newest } = cause;
  const [only, ...others] = stopped;
  const channel = others.length === 0 ? (channels.get(only?.destination ?? "") ?? null) : null;
  return (
    <>
      <div class="row apart">
        <h3>{causeInWords(code)}</h3>
        <StateMark tone={kind === "paused" ? "waiting" : "bad"}>{kind}</StateMark>
      </div>
      <p>
        {sentenceOf(cause)}{" "}
        {code === PAUSED_BY_PERSON && only !== undefined ? `It was ${only.said}. ` : null}
        <span class="soft">
          {kind === "paused" ? "Since " : "The last failed "}
          <Moment at={kind === "paused" ? oldest : newest} now={now} />.
        </span>
      </p>
      <Fix cause={cause} channel={channel} names={names} />
      <div class="row">
        {mayChange ? <Doings cause={cause} /> : null}
        <a class="button" href="/admin/failed" id={`more-${cause.id}`}>
          Show more<span class="unseen"> about: {causeInWords(code)}</span>
        </a>
      </div>
    </>
  );
}

function sentenceOf({ kind, count, stopped }: FailureCause): string {
  const where = placesOf(stopped);
  const messages = `${bigNumber(count)} ${count === 1 ? "message" : "messages"}`;
  if (kind === "paused") {
    const verb = stopped.length === 1 ? "is" : "are";
    const waits = count === 0 ? "nothing waits" : `${messages} ${count === 1 ? "waits" : "wait"}`;
    return `${where} ${verb} paused, and ${waits}.`;
  }
  return stopped[0]?.destination === null
    ? `${counted(count, "event")} could not be decided.`
    : `${messages} to ${where} failed.`;
}

function placesOf(stopped: Stopped[]): string {
  const all = stopped.flatMap(({ destination }) => destination ?? []).map(targetAlone);
  return all.length <= MAX_NAMES ? named(all) : fewNamed(all, MAX_NAMES);
}

/** The buttons that put it right; of many destinations they are on the page of what failed. */
function Doings({ cause }: { cause: FailureCause }) {
  const { kind, code, mend, count, stopped } = cause;
  if (kind === "paused") {
    return stopped.length > MAX_NAMES ? null : (
      <>
        {stopped.flatMap(({ destination }) =>
          destination === null ? [] : [<Resume name={destination} code={code} />],
        )}
      </>
    );
  }
  const [only, ...others] = stopped;
  if (mend !== "retry" || only === undefined || only.destination === null) return null;
  const to = others.length === 0 ? { destination: only.destination } : {};
  return (
    <RetryForm meant={{ ...to, cause: code }} back={HERE} main id={`retry-${cause.id}`}>
      {count === 1 ? "Retry it" : `Retry all ${bigNumber(count)}`}
      <span class="unseen"> that failed: {causeInWords(code)}</span>
    </RetryForm>
  );
}

function Resume({ name, code }: { name: string; code: string }) {
  return (
    <form method="post" action={`/admin/destinations/${inAddress(name)}/resume`}>
      <input type="hidden" name="back" value={HERE} />
      <button class="main" id={`resume-${name}`}>
        {code === PAUSED_BY_PERSON ? "Resume" : "Try"} {targetAlone(name)}
        {code === PAUSED_BY_PERSON ? "" : " now"}
      </button>
    </form>
  );
}
