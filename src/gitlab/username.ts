/** What can be somebody's username in GitLab, in lower case, and a file's name. */
const USERNAME = /^(?!\.)[a-z0-9_.-]{1,255}$/;

/** `@Amina` and `https://gitlab.com/amina` mean amina. Names are in lower case, as GitLab compares. */
export function usernameIn(written: string): string {
  return written
    .trim()
    .replace(/^https?:\/\/[^/]+\//, "")
    .replace(/(?<!\/)\/+$/, "")
    .replace(/^@/, "")
    .toLowerCase();
}

/** Whether somebody can be called so in GitLab. */
export function isUsername(name: string): boolean {
  return USERNAME.test(name);
}
