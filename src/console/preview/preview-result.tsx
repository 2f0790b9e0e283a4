import { counted } from "../../words/counted.ts";
import type { Preview } from "../../operations/drafts/preview-draft.ts";
import { nothingInWords } from "../../simulation/simulation-in-words.ts";
import { oneLine } from "../../words/one-line.ts";
import { StateMark } from "../state-mark.tsx";
import { SimulatedMessage } from "./simulated-message.tsx";

type PreviewResultProps = {
  preview: Preview;
  /** The key of the draft: its rules are shown first. */
  draft: string;
  /** The stored event's id; null: a sample or a pasted one. */
  id: string | null;
  /** What else is to be said of it. */
  notes: string[];
  /** What channels are called, by their ids. */
  channels: ReadonlyMap<string, string>;
};

/** What a draft would make of an event: which rules match and why the others do not, and each message. */
export function PreviewResult({ preview, draft, id, notes, channels }: PreviewResultProps) {
  const { event, waits, reason, deliveries, rules, aside } = preview;
  const nothing = nothingInWords(waits, reason);
  const names = (member: string): string | undefined =>
    channels.get(member) ?? preview.nameOf(member);
  return (
    <div class="stack preview-result">
      <p class="small">
        <Event event={event} id={id} />
      </p>
      {[...(aside === null ? [] : [aside]), ...notes, ...preview.notes].map((note) => (
        <p class="note small">{note}</p>
      ))}
      {nothing === null ? null : (
        <p class="nothing" data-nothing>
          {nothing}
        </p>
      )}
      {deliveries.map((delivery) => (
        <SimulatedMessage delivery={delivery} names={names} />
      ))}
      {rules.length === 0 ? null : <Rules rules={rules} draft={draft} />}
    </div>
  );
}

function Event({ event, id }: { event: Preview["event"]; id: string | null }) {
  const said = [
    oneLine(event.type),
    event.title === null ? null : `“${oneLine(event.title, 120)}”`,
    event.path === null ? "without a path" : `in ${oneLine(event.path, 200)}`,
    event.actor === null ? null : `by ${oneLine(event.actor)}`,
    event.large ? "(large: only its outline)" : null,
  ]
    .filter((part) => part !== null)
    .join(" ");
  return (
    <>
      {id === null ? <b>{said}</b> : <a href={`/admin/events/${id}`}>{said}</a>}{" "}
      {event.confidential ? <StateMark tone="waiting">confidential</StateMark> : null}
    </>
  );
}

type Verdicts = Preview["rules"];

function Rules({ rules, draft }: { rules: Verdicts; draft: string }) {
  const own = rules.filter(({ mapping }) => mapping === draft);
  const others = rules.filter(({ mapping }) => mapping !== draft);
  const said = counted(others.length, "rule of another mapping", "rules of other mappings");
  return (
    <section class="stack" aria-labelledby="preview-rules">
      <h3 id="preview-rules">Which rules match</h3>
      {own.length === 0 ? null : <RuleList rules={own} withMapping={false} />}
      {others.length === 0 ? null : (
        <details data-keep-open="others">
          <summary>{said}</summary>
          <RuleList rules={others} withMapping={true} />
        </details>
      )}
    </section>
  );
}

function RuleList({ rules, withMapping }: { rules: Verdicts; withMapping: boolean }) {
  return (
    <ul class="verdicts">
      {rules.map(({ mapping, rule, matched, why }) => (
        <li>
          <StateMark tone={matched ? "good" : "off"}>{matched ? "matches" : "does not"}</StateMark>
          <span>
            <b>{rule}</b>
            {withMapping ? <span class="soft small"> {mapping}</span> : null}
            <span class="soft small why">{oneLine(why, 300)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
