/** An issue that the stand-in holds. `author` is the number of the user whose token made it. */
export type GitlabIssue = {
  id: number;
  iid: number;
  project: string;
  projectId: number;
  title: string;
  description: string;
  labels: string[];
  confidential: boolean;
  author: number;
  createdAt: string;
};

/** GitLab's words about fields, as its model checks them: `{"title": ["can't be blank"]}`. */
export type FieldErrors = Record<string, string[]>;

const MAX_TITLE_CHARACTERS = 255;
const MAX_DESCRIPTION_BYTES = 1_048_576;

/** Every path of two groups that the samples use; names that end in `-missing` are for trying a 404. */
export function isProject(path: string): boolean {
  return /^(gitlab-com|acme)\/[^/]/.test(path) && !path.endsWith("-missing");
}

/** The next issue of a project, or what is wrong with the fields that were sent for it. */
export function nextIssue(
  issues: readonly GitlabIssue[],
  project: string,
  fields: Record<string, unknown>,
  by: Pick<GitlabIssue, "author" | "createdAt">,
): { issue: GitlabIssue } | { errors: FieldErrors } {
  const title = textOf(fields["title"]).trim();
  const description = textOf(fields["description"]);
  const errors: FieldErrors = {};
  if (title === "") errors["title"] = ["can't be blank"];
  if (Array.from(title).length > MAX_TITLE_CHARACTERS) {
    errors["title"] = [`is too long (maximum is ${MAX_TITLE_CHARACTERS} characters)`];
  }
  if (new TextEncoder().encode(description).length > MAX_DESCRIPTION_BYTES) {
    errors["description"] = ["is too long. The maximum size is 1 MiB."];
  }
  if (Object.keys(errors).length > 0) return { errors };

  const projects = [...new Set(issues.map((each) => each.project))];
  const known = projects.indexOf(project);
  const labels = textOf(fields["labels"]).split(",");
  const issue = {
    id: issues.length + 1,
    iid: issues.filter((each) => each.project === project).length + 1,
    project,
    projectId: (known < 0 ? projects.length : known) + 1,
    title,
    description,
    labels: [...new Set(labels.map((label) => label.trim()))].filter((label) => label !== ""),
    confidential: fields["confidential"] === true,
    ...by,
  };
  return { issue };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
