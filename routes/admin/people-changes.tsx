import type { Context } from "hono";
import * as z from "zod/mini";
import { PEOPLE_CHANGED } from "../../src/console/people/people-in-slack-part.tsx";
import { emptyDraft, type PersonDraft } from "../../src/console/people/person-draft.ts";
import { EditedRow, RemovedRow } from "../../src/console/people/person-row.tsx";
import { usernameIn } from "../../src/gitlab/username.ts";
import { changePerson, removePerson } from "../../src/operations/people/change-person.ts";
import { findMembers } from "../../src/operations/people/find-members.ts";
import {
  peopleKnown,
  personNamed,
  type PeopleKnown,
} from "../../src/operations/people/people-known.ts";
import { KEPT_IN_GIT } from "../../src/words/kept-in-git.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isHtmx } from "./is-htmx.ts";
import { say } from "./say.ts";
import { slackOf } from "./slack-of.ts";
import { rowOf, showPeople } from "./show-people.tsx";
import { Word } from "./word.ts";

const HOME = "/admin/people";
const word = z.catch(Word, "");
const Form = z.object({ username: word, slack: word, etag: word, sure: word });

/** Adds, changes and removes people. */
export const peopleChanges = createAdmin()
  .post("/people", async (c) => {
    const { slack: written, sure, ...form } = Form.parse(await c.req.parseBody());
    const etag = form.etag === "" ? null : form.etag;
    const username = etag === null ? usernameIn(form.username) : form.username;
    const known = await peopleKnown(c.env);
    const draft = emptyDraft({ username, etag, slack: written });
    const found = await findMembers(slackOf(c.env), written, Date.now);
    switch (found.is) {
      case "unknown":
        return await again(c, known, { ...draft, problems: [found.why] });
      case "members":
        return await again(c, known, { ...draft, choices: found.members });
      case "id": {
        const change = { username, slack: found.id, etag, isSure: sure === "yes" };
        const answer = await changePerson(c.env, change, known.people, c.get("visitor").name);
        switch (answer.is) {
          case "shared":
            return await again(c, known, { ...draft, shared: answer.others });
          case "refused":
            return await again(c, known, { ...draft, problems: answer.why });
          case "conflict":
            return await conflict(c, draft, answer.by);
          case "unchanged":
            return await done(c, username, "Nothing has changed, so nothing was published.");
          case "published":
            return await done(
              c,
              username,
              `Published: ${username} is ${found.id} in Slack. ${KEPT_IN_GIT}`,
            );
        }
      }
    }
  })
  .post("/people/remove", async (c) => {
    const { username, etag } = Form.parse(await c.req.parseBody());
    const draft = emptyDraft({ username, etag: etag === "" ? null : etag });
    const answer = await removePerson(c.env, draft, c.get("visitor").name);
    switch (answer.is) {
      case "conflict":
        return await conflict(c, draft, answer.by);
      case "refused":
        return await again(c, await peopleKnown(c.env), { ...draft, problems: answer.why });
      case "published": {
        const said = `Removed: messages mention ${username} no more. ${KEPT_IN_GIT}`;
        if (isHtmx(c)) {
          c.header("HX-Trigger-After-Swap", PEOPLE_CHANGED);
          return await c.html(<RemovedRow username={username} said={said} />);
        }
        say(c, "good", said);
        return c.redirect(HOME, 303);
      }
    }
  });

/** The form once more, with what is to be said about it. */
async function again(
  c: Context<AdminEnv>,
  known: PeopleKnown,
  draft: PersonDraft,
  wasFaster = false,
): Promise<Response> {
  const status = wasFaster ? 409 : draft.choices === null ? 422 : 200;
  if (isHtmx(c)) return await c.html(<EditedRow draft={draft} />, status);
  return await showPeople(c, known, draft, { words: "", after: "" }, status);
}

/** Says who was faster, and how the person is now; what is sent again replaces that. */
async function conflict(
  c: Context<AdminEnv>,
  draft: PersonDraft,
  by: string | null,
): Promise<Response> {
  const known = await peopleKnown(c.env);
  const now = personNamed(known.people, draft.username);
  const whose = by ?? "somebody";
  const said =
    now === null
      ? `Nothing was published: ${whose} removed ${draft.username} meanwhile.`
      : `Nothing was published: ${whose} changed ${draft.username} meanwhile, who is ${now.slack ?? "a document with a mistake"} now.`;
  const etag = now?.etag ?? null;
  return await again(c, known, { ...draft, etag, problems: [said] }, true);
}

async function done(c: Context<AdminEnv>, username: string, said: string): Promise<Response> {
  if (!isHtmx(c)) {
    say(c, "good", said);
    return c.redirect(HOME, 303);
  }
  c.header("HX-Trigger-After-Swap", PEOPLE_CHANGED);
  const { people: known } = await peopleKnown(c.env);
  const person = personNamed(known, username);
  return person === null
    ? await c.html(<RemovedRow username={username} said={said} />)
    : await rowOf(c, person, { done: said, wasOpen: true });
}
