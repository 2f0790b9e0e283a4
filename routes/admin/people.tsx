import type { Context } from "hono";
import * as z from "zod/mini";
import { MemberOptions } from "../../src/console/people/people-content.tsx";
import { PeopleInSlackPart } from "../../src/console/people/people-in-slack-part.tsx";
import { PeopleMissingPart } from "../../src/console/people/people-missing-part.tsx";
import { emptyDraft } from "../../src/console/people/person-draft.ts";
import { EditedRow } from "../../src/console/people/person-row.tsx";
import { findMembers } from "../../src/operations/people/find-members.ts";
import { peopleInSlack } from "../../src/operations/people/people-in-slack.ts";
import { peopleKnown, personNamed } from "../../src/operations/people/people-known.ts";
import { peopleMissing, suggestionFor } from "../../src/operations/people/people-missing.ts";
import { readMembers } from "../../src/operations/people/slack-members.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isHtmx } from "./is-htmx.ts";
import { show } from "./show.tsx";
import { isEditor } from "./is-editor.ts";
import { refused } from "./refused.tsx";
import { slackOf } from "./slack-of.ts";
import { personDraftOf, rowOf, showPeople } from "./show-people.tsx";
import { Word } from "./word.ts";

const HOME = "/admin/people";
const NO_TOKEN =
  "Slack cannot be asked: SLACK_BOT_TOKEN is not set. Set it: npx wrangler secret put SLACK_BOT_TOKEN.";

const word = z.catch(Word, "");
const Asked = z.object({ q: word, after: word, edit: word, row: word, add: word });

/** `/admin/people`: who in GitLab is who in Slack. */
export const people = createAdmin()
  .get("/people", async (c) => {
    const { q, after, edit, row, add } = Asked.parse(c.req.query());
    const known = await peopleKnown(c.env);
    const edited = personNamed(known.people, edit === "" ? row : edit);
    if (edit !== "" && !isEditor(c)) return await refused(c, HOME);
    if (isHtmx(c) && edited !== null) {
      return edit === ""
        ? await rowOf(c, edited, { wasOpen: true })
        : await c.html(<EditedRow draft={personDraftOf(edited)} />);
    }
    const draft =
      edited !== null && edit !== ""
        ? personDraftOf(edited)
        : emptyDraft({ username: edit === "" ? add : edit });
    return await showPeople(c, known, draft, { words: q, after });
  })
  .get("/people/members", async (c) => {
    const { slack: written } = z.object({ slack: word }).parse(c.req.query());
    const slack = slackOf(c.env);
    // Who types an id or an address needs nobody suggested.
    if (slack === null || written.length < 2 || written.includes("@")) return c.html("");
    const found = await findMembers(slack, written, Date.now);
    return found.is === "members"
      ? await c.html(<MemberOptions members={found.members} />)
      : c.html("");
  })
  .get("/people/in-slack", async (c) => {
    const { people: known } = await peopleKnown(c.env);
    const slack = slackOf(c.env);
    const nothing = { names: new Map(), gone: [], asked: 0, total: known.length, wait: null };
    const found =
      slack === null
        ? { ...nothing, problem: NO_TOKEN }
        : await peopleInSlack(slack, known, Date.now);
    const shown = (c.req.query("shown") ?? "").split(" ");
    return await part(c, "People in Slack", <PeopleInSlackPart {...{ found, shown }} />);
  })
  .get("/people/missing", async (c) => {
    const { people: known } = await peopleKnown(c.env);
    const slack = slackOf(c.env);
    const [missing, members] = await Promise.all([
      peopleMissing(c.env, known),
      slack === null ? null : readMembers(slack, Date.now),
    ]);
    const suggested = missing.people.map((person) => ({
      ...person,
      suggestion: suggestionFor(person, members?.members.values() ?? [], known),
    }));
    const mayEdit = isEditor(c);
    return await part(
      c,
      "People who are not here yet",
      <PeopleMissingPart
        missing={{ ...missing, people: suggested }}
        mayEdit={mayEdit}
        now={Date.now()}
      />,
    );
  });

/** A part of the page; as a page of its own for a browser without scripts. */
async function part(
  c: Context<AdminEnv>,
  title: string,
  content: ReturnType<typeof PeopleInSlackPart>,
): Promise<Response> {
  if (isHtmx(c)) return await c.html(content);
  return await show(
    c,
    { title, place: "people" },
    <>
      <p>
        <a href={HOME}>All people</a>
      </p>
      {content}
    </>,
  );
}
