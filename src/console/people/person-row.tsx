import type { KnownPerson } from "../../operations/people/people-known.ts";
import { Moment } from "../moment.tsx";
import type { PersonDraft } from "./person-draft.ts";
import { PersonForm } from "./person-form.tsx";
import { inAddress } from "../in-address.ts";

/** What members of Slack are called, by their ids, as far as it is known. */
export type MemberNames = ReadonlyMap<string, string>;

type Props = {
  person: KnownPerson;
  names: MemberNames;
  mayEdit: boolean;
  now: number;
  /** What was just done with it. */
  done?: string;
  /** Whether it was open just now: whoever uses the keyboard is left here. */
  wasOpen?: boolean;
};

const COLUMNS = 4;

/** One person of the table. */
export function PersonRow({ person, names, mayEdit, now, done = "", wasOpen = false }: Props) {
  const { username, slack, by, at, problems } = person;
  const edit = `/admin/people?edit=${inAddress(username)}`;
  return (
    <tr>
      <th scope="row">{username}</th>
      <td data-label="Slack">
        {slack === null ? (
          "?"
        ) : (
          <>
            <span data-member={slack}>{names.get(slack)}</span> <code>{slack}</code>
          </>
        )}
        {problems.map((problem) => (
          <p class="small problem">{problem}</p>
        ))}
        {done === "" ? null : (
          <p class="small done" role="status">
            {done}
          </p>
        )}
      </td>
      <td data-label="Last change">
        <Moment at={Date.parse(at)} now={now} />
        {by === null ? null : ` by ${by}`}
      </td>
      <td>
        {mayEdit ? (
          <a
            href={edit}
            aria-label={`Change ${username}`}
            autofocus={wasOpen}
            hx-get={edit}
            hx-target="closest tr"
            hx-swap="outerHTML"
          >
            Change
          </a>
        ) : null}
      </td>
    </tr>
  );
}

/** A person of the table who is being changed. */
export function EditedRow({ draft }: { draft: PersonDraft }) {
  return (
    <tr>
      <th scope="row">{draft.username}</th>
      <td colspan={COLUMNS - 1}>
        <PersonForm draft={draft} inRow />
      </td>
    </tr>
  );
}

/** What stands in the place of somebody who was just removed. */
export function RemovedRow({ username, said }: { username: string; said: string }) {
  return (
    <tr>
      <th scope="row">{username}</th>
      <td colspan={COLUMNS - 1}>
        <span role="status">{said}</span>
      </td>
    </tr>
  );
}
