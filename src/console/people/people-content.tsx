import type { KnownPerson } from "../../operations/people/people-known.ts";
import { counted } from "../../words/counted.ts";
import { AskSlackPart } from "./people-in-slack-part.tsx";
import { LookForMissingPart } from "./people-missing-part.tsx";
import type { PersonDraft } from "./person-draft.ts";
import { PersonForm } from "./person-form.tsx";
import { PersonRow, type MemberNames } from "./person-row.tsx";
import { inAddress } from "../in-address.ts";

type Props = {
  /** Those of this page. */
  people: KnownPerson[];
  /** Everybody with something wrong. */
  wrong: KnownPerson[];
  total: number;
  /** Behind whom the next page begins; null: there is none. */
  next: string | null;
  /** What is looked for; empty: everybody. */
  words: string;
  names: MemberNames;
  draft: PersonDraft;
  mayEdit: boolean;
  problem: string | null;
  now: number;
};

/** Who in GitLab is who in Slack. */
export function PeopleContent(props: Props) {
  const { people, wrong, total, next, words, names, draft, mayEdit, problem, now } = props;
  return (
    <>
      {problem === null ? null : <p class="notice bad">{problem}</p>}
      {wrong.length === 0 ? null : <WrongPeople wrong={wrong} />}
      <div class="columns">
        {mayEdit ? (
          <section class="card">
            <h2>{draft.etag === null ? "Add somebody" : `Change ${draft.username}`}</h2>
            <PersonForm draft={draft} />
          </section>
        ) : null}
        <AskSlackPart shown={people.flatMap(({ slack }) => slack ?? [])} />
      </div>
      <form class="filters" action="/admin/people" role="search">
        <div class="field wide">
          <label for="words">Find a GitLab username or a Slack member</label>
          <input id="words" type="search" name="q" value={words} />
        </div>
        <button>Find</button>
        {words === "" ? null : <a href="/admin/people">Show all</a>}
      </form>
      {people.length === 0 ? (
        <p class="card empty">
          {words === ""
            ? "Nobody is here yet: messages say people’s names, and mention nobody."
            : `Nobody here has “${words}”.`}
        </p>
      ) : (
        <div class="table">
          <table class="stacked">
            <caption>{counted(total, "person", "people")}</caption>
            <thead>
              <tr>
                <th scope="col">GitLab</th>
                <th scope="col">Slack</th>
                <th scope="col">Last change</th>
                <th scope="col">
                  <span class="unseen">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow person={person} names={names} mayEdit={mayEdit} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next === null ? null : (
        <nav class="pager" aria-label="Pages of people">
          <span />
          <a href={`/admin/people?q=${inAddress(words)}&after=${inAddress(next)}`}>More people</a>
        </nav>
      )}
      <LookForMissingPart />
      <datalist id="members" />
    </>
  );
}

const MOST_SHOWN = 20;

function WrongPeople({ wrong }: { wrong: KnownPerson[] }) {
  return (
    <section class="notice bad" aria-label="People who need a look">
      <p>{counted(wrong.length, "person needs", "people need")} a look:</p>
      <ul>
        {wrong.slice(0, MOST_SHOWN).map(({ username, problems }) => (
          <li>
            <a href={`/admin/people?edit=${inAddress(username)}`}>{username}</a>:{" "}
            {problems.join(" ")}
          </li>
        ))}
      </ul>
      {wrong.length > MOST_SHOWN ? <p>And {wrong.length - MOST_SHOWN} more.</p> : null}
    </section>
  );
}

/** Members who may be meant, for a field that completes. */
export function MemberOptions({ members }: { members: { id: string; name: string }[] }) {
  return (
    <>
      {members.map(({ id, name }) => (
        <option value={id}>{name}</option>
      ))}
    </>
  );
}
