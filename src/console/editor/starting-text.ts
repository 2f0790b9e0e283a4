import { SLACK_MAPPINGS, GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";

/** What a new document can be. */
export type NewDocument = "mapping" | "destination" | "person";

/** Whether an address asks for a kind of document that there is. */
export function isNewDocument(word: string | undefined): word is NewDocument {
  return word === "mapping" || word === "destination" || word === "person";
}

/** What a new document begins with, as YAML that can be published as it is; `destination`: one to tell. */
export function startingText(kind: NewDocument, key: string, destination: string): string {
  switch (kind) {
    case "mapping":
      return key.startsWith(SLACK_MAPPINGS) ? slackMapping() : gitlabMapping(destination);
    case "destination":
      return `type: channel
channel: C0123456789
`;
    case "person":
      return `slack: U0123456789
`;
  }
}

/** What the key of a new document begins with. */
export function startingKey(kind: NewDocument): string {
  switch (kind) {
    case "mapping":
      return GITLAB_MAPPINGS;
    case "destination":
      return "destination/";
    case "person":
      return "person/";
  }
}

function gitlabMapping(destination: string): string {
  return `rules:
  - name: New issues
    on: issue.open
    when:
      labels: { none: [Duplicate] }
    to: ${destination}
    message: "*{{ event.actor.name }}* opened {{ event.link }}"
`;
}

function slackMapping(): string {
  return `rules:
  - name: Eyes
    on: reaction.eyes
    to: thread
    message: "<@{{ event.actor.id }}> is looking at it."
`;
}
