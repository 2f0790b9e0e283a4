import type { PeopleInSlack } from "../../operations/people/people-in-slack.ts";
import { counted } from "../../words/counted.ts";
import { askedAt } from "../asked-at.ts";
import { inAddress } from "../in-address.ts";

const IN_SLACK = "/admin/people/in-slack";
const MOST_SHOWN = 12;

/** What a browser is told when somebody was changed or removed in the table: then Slack is asked again. */
export const PEOPLE_CHANGED = "people-changed";
const CHANGED = `${PEOPLE_CHANGED} from:body`;

/** Asks how the people stand in Slack, once the page is there. `shown`: the ids of members in the table. */
export function AskSlackPart({ shown }: { shown: string[] }) {
  return (
    <section
      class="card"
      id="in-slack"
      hx-get={partOf(shown)}
      hx-trigger={`load, ${CHANGED}`}
      hx-swap="outerHTML"
    >
      <h2>In Slack</h2>
      <p class="soft">
        <a href={IN_SLACK}>Ask Slack whether everybody is still there</a>
      </p>
    </section>
  );
}

/** How the people stand in Slack: who has left or is a bot, and the names of those `shown` in the table. */
export function PeopleInSlackPart({ found, shown }: { found: PeopleInSlack; shown: string[] }) {
  const { gone, asked, total, wait, problem, names } = found;
  const later = wait === null ? "" : `load delay:${Math.max(1, wait)}s, `;
  return (
    <>
      <section
        class="card"
        id="in-slack"
        hx-get={partOf(shown)}
        hx-trigger={`${later}${CHANGED}`}
        hx-swap="outerHTML"
      >
        <h2>In Slack</h2>
        {problem === null ? null : <p class="notice bad">{problem}</p>}
        {gone.length === 0 ? null : (
          <ul>
            {gone.slice(0, MOST_SHOWN).map(({ username, slack, why }) => (
              <li>
                <a href={`/admin/people?edit=${inAddress(username)}`}>{username}</a>{" "}
                <code>{slack}</code>: {why}
              </li>
            ))}
            {gone.length > MOST_SHOWN ? <li>and {gone.length - MOST_SHOWN} more</li> : null}
          </ul>
        )}
        <p class="soft" role="status">
          {said(gone.length, asked, total)}
          {wait === null
            ? null
            : wait > 1
              ? ` Slack asks for patience: it goes on in ${wait} seconds.`
              : " Asking on …"}
        </p>
      </section>
      {[...names]
        .filter(([id]) => shown.includes(id))
        .map(([id, name]) => (
          <span hx-swap-oob={`innerHTML:[data-member="${id}"]`}>{name}</span>
        ))}
    </>
  );
}

function partOf(shown: string[]): string {
  return askedAt(IN_SLACK, { shown: shown.join(" ") });
}

function said(gone: number, asked: number, total: number): string {
  if (total === 0) return "There is nobody to look for yet.";
  const of =
    asked < total
      ? `Slack was asked about ${asked} of ${counted(total, "person", "people")}. `
      : "";
  if (gone > 0)
    return `${of}${gone === 1 ? "One person is" : `${gone} people are`} not there as a person any more: remove who has left.`;
  if (asked < total) return of.trim();
  return total === 1 ? "The one person is there." : `All ${total} are there.`;
}
