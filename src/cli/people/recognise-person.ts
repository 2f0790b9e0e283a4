/** What a row or an entry of somebody else's list says of a person, as it was written. */
export type Recognised = { gitlab: string | null; slack: string | null; email: string | null };

/** Names of columns and keys, without case and punctuation; the first one that is there counts. */
const NAMES: Record<keyof Recognised, string[]> = {
  gitlab: [
    "gitlab",
    "gitlabusername",
    "gitlabuser",
    "gitlabhandle",
    "gitlablogin",
    "gitlabname",
    "username",
    "user",
    "login",
    "handle",
  ],
  slack: [
    "slack",
    "slackid",
    "slackmemberid",
    "slackuserid",
    "slackmember",
    "slackuser",
    "memberid",
  ],
  email: ["email", "emailaddress", "mail", "workemail", "companyemail", "slackemail"],
};

/** Columns and keys that are understood, for who wrote others. */
export const UNDERSTOOD =
  "a GitLab username (gitlab, gitlab_username, username) with a Slack member id (slack, slack_id, member_id) or an e-mail address (email)";

/** What a column or key is about; null: nothing that matters here. */
export function meaningOf(name: string): keyof Recognised | null {
  const plain = plainly(name);
  const found = Object.entries(NAMES).find(([, names]) => names.includes(plain));
  return (found?.[0] as keyof Recognised | undefined) ?? null;
}

/** Reads values by the names that they stand under; empty ones count as absent. */
export function recognise(values: [name: string, value: string][]): Recognised {
  const plain = values.map(([name, value]) => [plainly(name), value.trim()] as const);
  const pick = (names: string[]): string | null => {
    for (const name of names) {
      const value = plain.find(([key, text]) => key === name && text !== "")?.[1];
      if (value !== undefined) return value;
    }
    return null;
  };
  return { gitlab: pick(NAMES.gitlab), slack: pick(NAMES.slack), email: pick(NAMES.email) };
}

function plainly(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
