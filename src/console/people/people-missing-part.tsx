import type { ListedMember } from "../../checks/list-members.ts";
import type { PersonSeen } from "../../relay/people-seen.ts";
import { counted } from "../../words/counted.ts";
import { inAddress } from "../in-address.ts";
import { Moment } from "../moment.tsx";

type Missing = {
  people: (PersonSeen & { suggestion: ListedMember | null })[];
  /** How many events were looked at. */
  events: number;
  /** How many more people there are. */
  more: number;
};

/** Looks for people of recent events without a document, once the page is there. */
export function LookForMissingPart() {
  return (
    <section
      class="card"
      id="missing"
      hx-get="/admin/people/missing"
      hx-trigger="load"
      hx-swap="outerHTML"
    >
      <h2>Not here yet</h2>
      <p class="soft">
        <a href="/admin/people/missing">Look through the newest events</a>
      </p>
    </section>
  );
}

type Props = { missing: Missing; mayEdit: boolean; now: number };

/** People of recent events whom messages cannot mention, most seen first. */
export function PeopleMissingPart({ missing, mayEdit, now }: Props) {
  const { people, events, more } = missing;
  return (
    <section class="card" id="missing">
      <h2>Not here yet</h2>
      <p class="soft">
        {events === 0
          ? "Nothing has come from GitLab yet that could name somebody."
          : people.length === 0
            ? `Everybody in the newest ${counted(events, "event")} is here.`
            : `In the newest ${counted(events, "event")} as who did it, author, assignee or reviewer. Messages say their names and mention nobody.`}
      </p>
      {people.length === 0 ? null : (
        <div class="table">
          <table class="stacked">
            <caption class="unseen">
              People in GitLab’s events who have no Slack member here
            </caption>
            <thead>
              <tr>
                <th scope="col">GitLab</th>
                <th scope="col" class="number">
                  Events
                </th>
                <th scope="col">Last</th>
                <th scope="col">Slack</th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr>
                  <th scope="row">
                    {person.username}
                    {person.name === null || person.name === person.username ? null : (
                      <span class="soft"> {person.name}</span>
                    )}
                  </th>
                  <td class="number" data-label="Events">
                    {person.events}
                  </td>
                  <td data-label="Last">
                    <Moment at={person.lastAt} now={now} />
                  </td>
                  <td data-label="Slack">
                    <Suggestion person={person} mayEdit={mayEdit} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more === 0 ? null : (
        <p class="soft small">And {counted(more, "other person", "other people")}.</p>
      )}
    </section>
  );
}

function Suggestion({ person, mayEdit }: { person: Missing["people"][number]; mayEdit: boolean }) {
  const { username, suggestion } = person;
  const href = `/admin/people?add=${inAddress(username)}`;
  if (suggestion === null) {
    return mayEdit ? (
      <a href={href} aria-label={`Say who it is: ${username}`}>
        Say who it is
      </a>
    ) : (
      <span class="soft">not known</span>
    );
  }
  const { id, name } = suggestion;
  return (
    <>
      perhaps {name} <code>{id}</code>{" "}
      {mayEdit ? (
        <form method="post" action="/admin/people" class="row">
          <input type="hidden" name="username" value={username} />
          <input type="hidden" name="slack" value={id} />
          <button aria-label={`Add ${username} as ${name}`}>Add</button>
          <a href={href} aria-label={`Somebody else is ${username}`}>
            Somebody else
          </a>
        </form>
      ) : null}
    </>
  );
}
