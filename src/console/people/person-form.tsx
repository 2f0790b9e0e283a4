import { named } from "../../words/named.ts";
import type { PersonDraft } from "./person-draft.ts";
import { inAddress } from "../in-address.ts";

/** Says who somebody of GitLab's is in Slack; `inRow`: in place of the person's row of the table. */
export function PersonForm({ draft, inRow = false }: { draft: PersonDraft; inRow?: boolean }) {
  const { username, etag, slack, problems, choices, shared } = draft;
  const inPlace = inRow
    ? { "hx-post": "/admin/people", "hx-target": "closest tr", "hx-swap": "outerHTML" }
    : {};
  return (
    <form class="stack" method="post" action="/admin/people" {...inPlace}>
      {problems.length === 0 ? null : (
        <div class="notice bad" role="alert">
          {problems.map((problem) => (
            <p>{problem}</p>
          ))}
        </div>
      )}
      <div class="filters">
        {etag === null ? (
          <label class="field">
            <span class="label">GitLab username</span>
            <input name="username" value={username} required maxlength={255} autocomplete="off" />
          </label>
        ) : (
          <>
            <input type="hidden" name="username" value={username} />
            <input type="hidden" name="etag" value={etag} />
          </>
        )}
        {choices === null ? (
          <label class="field wide">
            <span class="label">
              {etag === null ? "Slack member" : `Who ${username} is in Slack`}: id, name or e-mail
              address
            </span>
            <input
              name="slack"
              value={slack}
              required
              maxlength={200}
              autocomplete="off"
              list="members"
              autofocus={inRow || username !== ""}
              hx-get="/admin/people/members"
              hx-trigger="input changed delay:300ms"
              hx-target="#members"
              hx-swap="innerHTML"
              hx-sync="this:replace"
            />
          </label>
        ) : (
          <Choices choices={choices} written={slack} />
        )}
      </div>
      {shared.length === 0 ? null : (
        <div class="notice bad" role="alert">
          <p>
            {slack} is {named(shared)} in GitLab already. Mentions work for each of the names; who
            in Slack is who in GitLab can only be one of them.
          </p>
          <label>
            <input type="checkbox" name="sure" value="yes" required /> The member has several
            usernames in GitLab
          </label>
        </div>
      )}
      <div class="row">
        <button class="main">{etag === null ? "Add" : "Publish"}</button>
        {inRow ? (
          <a
            href="/admin/people"
            hx-get={`/admin/people?row=${inAddress(username)}`}
            hx-target="closest tr"
            hx-swap="outerHTML"
          >
            Cancel
          </a>
        ) : null}
        {etag === null ? null : <Remove username={username} inRow={inRow} />}
      </div>
    </form>
  );
}

function Choices({
  choices,
  written,
}: {
  choices: { id: string; name: string }[];
  written: string;
}) {
  return (
    <fieldset class="field wide">
      <legend>
        {choices.length === 1 ? `Is “${written}” this member?` : `Which member is “${written}”?`}
      </legend>
      {choices.map(({ id, name }, index) => (
        <label class="choice">
          <input type="radio" name="slack" value={id} required checked={index === 0} /> {name}{" "}
          <code>{id}</code>
        </label>
      ))}
    </fieldset>
  );
}

function Remove({ username, inRow }: { username: string; inRow: boolean }) {
  const inPlace = inRow ? { "hx-post": "/admin/people/remove" } : {};
  return (
    <details>
      <summary>Remove …</summary>
      <p class="small">Messages will say {username}’s name and mention nobody.</p>
      <button class="grave" formaction="/admin/people/remove" formnovalidate {...inPlace}>
        Remove {username}
      </button>
    </details>
  );
}
