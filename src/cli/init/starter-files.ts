import { schemaLine } from "../configuration/schema-line.ts";

/**
 * What the first rule is about: a GitLab path, and the channel where it is told. `isExample`: not all of
 * it is known yet, and an example of a person comes along.
 */
export type Beginning = { project: string; channel: string; isExample: boolean };

/**
 * The files of a configuration folder to start from, by path. `schemas` is where the folder
 * with the JSON Schemas is, as seen from the configuration folder: `schemas`, `../schemas` …
 */
export function starterFiles(
  schemas: string,
  { project, channel, isExample }: Beginning,
): Record<string, string> {
  const files = {
    "README.md": README,
    ".gitignore": "# Where `causeway` keeps what it knows between two commands.\n.causeway/\n",
    ".gitlab-ci.yml": GITLAB_CI,
    [`mapping/gitlab/${project}.yaml`]: mapping(project),
    "destination/team.yaml": destination(channel),
    ...(isExample ? { "person/your-username.yaml": PERSON } : {}),
  };
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [file, schemaLine(schemas, file) + text]),
  );
}

function mapping(project: string): string {
  return `# Which events of ${project} are told to whom. The path of this file is the key: rename the file and
# its folder when it is another project. A file for a group is for everything below it, too.
rules:
  # The name appears wherever Causeway explains what it did. It is unique in this file.
  - name: New issues
    # What happened. "causeway lint" knows all types, and so does an editor that reads the line at the top.
    on: issue.open
    # Conditions, all of which must hold. Without "when" every new issue is told.
    when:
      labels: { none: [Duplicate] }
    # destination/team.yaml says where that is.
    to: team
    # Left out, a card says what happened. {{ … }} is filled in from the event.
    message: "*{{ event.actor.name }}* opened {{ event.link }}"
`;
}

function destination(channel: string): string {
  return `# A place in Slack. Rules name it by the name of this file: to: team
type: channel
# The channel's id, not its name (in Slack: channel details, at the bottom). Invite the bot there.
channel: ${channel}
# Confidential issues are not told here. To tell them: confidential: true
`;
}

const PERSON = `# Who somebody of GitLab's is in Slack, so that templates can mention them. The name of this file is the GitLab
# username. "causeway people import" makes such files from a list.
# In Slack: the person's profile, ⋮, Copy member ID.
slack: U0123456789
`;

const README = `# What Causeway tells Slack

- \`mapping/\` has the rules: which events of which GitLab project are told where, and in which words.
- \`destination/\` has the places in Slack, \`person/\` who is who.

The path of a file is its key: \`destination/team.yaml\` is \`destination/team\`.

    causeway lint                   # find mistakes
    causeway simulate issue.open    # what would be posted, and why
    causeway diff                   # what would change
    causeway push                   # publish it

Run them in this folder, after \`npm link\` where Causeway is checked out. \`docs/mappings.md\` there explains every word, \`docs/linting.md\` every finding.
`;

const GITLAB_CI = `# Lints every change. Set the CI/CD variable CAUSEWAY_REPOSITORY to where Causeway can be cloned from.
lint:
  image: node:24
  script:
    - git clone --depth 1 "$CAUSEWAY_REPOSITORY" /tmp/causeway
    - npm ci --prefix /tmp/causeway
    - node /tmp/causeway/src/cli/causeway.js lint . --format gitlab > codequality.json || true
    - node /tmp/causeway/src/cli/causeway.js lint .
  artifacts:
    when: always
    reports:
      codequality: codequality.json
`;
