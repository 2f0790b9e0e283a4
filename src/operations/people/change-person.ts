import type { Env } from "../../env.ts";
import { isUsername } from "../../gitlab/username.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import { setInJson } from "../../publishing/edit-json.ts";
import { changeDocument, type ChangeAnswer } from "../publishing/change-document.ts";
import { personNamed, type KnownPerson } from "./people-known.ts";

/** Who somebody of GitLab's is to be in Slack. `etag`: of the document that was seen, null: none was. */
export type PersonChange = {
  username: string;
  /** A member id. */
  slack: string;
  etag: string | null;
  /** Whether it is meant that a member has several usernames. */
  isSure: boolean;
};

/** What became of it. */
export type PersonAnswer =
  | ChangeAnswer
  | { is: "unchanged" }
  /** The member is these in GitLab already. */
  | { is: "shared"; others: string[] };

/** Publishes who somebody is in Slack. */
export async function changePerson(
  env: Env,
  { username, slack, etag, isSure }: PersonChange,
  people: KnownPerson[],
  by: string,
): Promise<PersonAnswer> {
  if (etag === null && !isUsername(username)) {
    return { is: "refused", why: [`“${username}” cannot be a GitLab username.`] };
  }
  const there = personNamed(people, username);
  if (etag === null && there !== null) {
    const why = `${there.username} is there already, as ${there.slack ?? "a document with a mistake"}. Change that one.`;
    return { is: "refused", why: [why] };
  }
  const others = people.flatMap((each) =>
    each.slack === slack && each.username !== username ? each.username : [],
  );
  if (others.length > 0 && !isSure) return { is: "shared", others };
  const key = `person/${username}`;
  const found = await env.RELAY.getByName(PUBLISHER).document(key);
  if (!found.ok) return { is: "refused", why: [found.message] };
  const { document } = found;
  const usable = there !== null && there.slack !== null;
  if (there?.slack === slack && document?.etag === etag) return { is: "unchanged" };
  const text =
    document !== null && usable
      ? setInJson(document.text, ["slack"], slack)
      : JSON.stringify({ slack });
  const why = `${etag === null ? "added" : "changed"} ${username} in the console`;
  return await changeDocument(env, { key, text, ifMatch: etag, by, why });
}

/** Takes a person out: messages will say their name, and mention nobody. */
export async function removePerson(
  env: Env,
  { username, etag }: Pick<PersonChange, "username" | "etag">,
  by: string,
): Promise<ChangeAnswer> {
  const why = `removed ${username} in the console`;
  return await changeDocument(env, {
    key: `person/${username}`,
    text: null,
    ifMatch: etag,
    by,
    why,
  });
}
