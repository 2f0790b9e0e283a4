import type { Context } from "hono";
import { PeopleContent } from "../../src/console/people/people-content.tsx";
import { emptyDraft, type PersonDraft } from "../../src/console/people/person-draft.ts";
import { PersonRow } from "../../src/console/people/person-row.tsx";
import type { KnownPerson, PeopleKnown } from "../../src/operations/people/people-known.ts";
import { knownMembers } from "../../src/operations/people/slack-members.ts";
import type { AdminEnv } from "./create-admin.ts";
import { show } from "./show.tsx";
import { isEditor } from "./is-editor.ts";

const PAGE = 50;

/** The whole page, with what is filled in. */
export async function showPeople(
  c: Context<AdminEnv>,
  { people: all, problem }: PeopleKnown,
  draft: PersonDraft,
  { words, after }: { words: string; after: string },
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const now = Date.now();
  const names = memberNames(now);
  const wanted = words.toLowerCase();
  const found = all.filter(({ username, slack }) =>
    [username, slack ?? "", names.get(slack ?? "") ?? ""].some((each) =>
      each.toLowerCase().includes(wanted),
    ),
  );
  const start = after === "" ? 0 : found.findIndex(({ username }) => username > after);
  const behind = start < 0 ? [] : found.slice(start);
  const shown = behind.slice(0, PAGE);
  const about = "Who in GitLab is who in Slack: with it messages mention people.";
  return await show(
    c,
    { title: "People", about, place: "people", status },
    <PeopleContent
      people={shown}
      wrong={all.filter(({ problems }) => problems.length > 0)}
      total={found.length}
      next={behind.length > PAGE ? (shown.at(-1)?.username ?? null) : null}
      mayEdit={isEditor(c)}
      {...{ words, names, draft, problem, now }}
    />,
  );
}

/** Answers with one row of the table. */
export async function rowOf(
  c: Context<AdminEnv>,
  person: KnownPerson,
  given: { done?: string; wasOpen?: boolean },
): Promise<Response> {
  const now = Date.now();
  const common = { names: memberNames(now), mayEdit: isEditor(c), now };
  return await c.html(<PersonRow person={person} {...common} {...given} />);
}

/** The form of somebody, as the document says. */
export function personDraftOf({ username, etag, slack }: KnownPerson): PersonDraft {
  return emptyDraft({ username, etag, slack: slack ?? "" });
}

function memberNames(now: number): Map<string, string> {
  return new Map([...(knownMembers(now) ?? [])].map(([id, { name }]) => [id, name]));
}
