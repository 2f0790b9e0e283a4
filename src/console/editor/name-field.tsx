import { SLACK_MAPPINGS, GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";
import { MAX_KEY_BYTES } from "../../publishing/document-kind.ts";
import { newDocumentAt } from "../publish/document-link.tsx";
import { startingKey, type NewDocument } from "./starting-text.ts";

type NameFieldProps = {
  kind: NewDocument;
  /** The key so far: what keys of its kind begin with, and perhaps a name. */
  documentKey: string;
};

/** What a new document is called: only the name is asked for, and the browser makes the key of it. */
export function NameField({ kind, documentKey }: NameFieldProps) {
  const ofSlack = documentKey.startsWith(SLACK_MAPPINGS);
  const prefix = ofSlack ? SLACK_MAPPINGS : startingKey(kind);
  const isFitting = documentKey.startsWith(prefix);
  const { label, hint, already } = WORDS[ofSlack ? "channel" : kind];
  return (
    <div class="field">
      <input type="hidden" name="key" value={documentKey} data-prefix={isFitting ? prefix : ""} />
      <label for="name">{label}</label>
      <input
        id="name"
        value={isFitting ? documentKey.slice(prefix.length) : documentKey}
        required
        maxlength={MAX_KEY_BYTES}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="none"
        aria-describedby="name-hint"
      />
      <p id="name-hint" class="hint">
        {hint}
        {kind !== "mapping" ? null : ofSlack ? (
          <>
            {" "}
            <a href={newDocumentAt("mapping", GITLAB_MAPPINGS)}>For a project of GitLab instead</a>
          </>
        ) : (
          <>
            {" "}
            <a href={newDocumentAt("mapping", SLACK_MAPPINGS)}>For a channel of Slack instead</a>
          </>
        )}
      </p>
      <p id="name-taken" class="note small" role="status" hidden>
        There is already {already} <b data-name />:{" "}
        <a href={newDocumentAt(kind, prefix)}>open it</a>
      </p>
    </div>
  );
}

const WORDS: Record<NewDocument | "channel", { label: string; hint: string; already: string }> = {
  mapping: {
    label: "Group or project",
    hint: "Its path, as in its address in GitLab: acme/widgets. A group is for all its projects, * for everything.",
    already: "a mapping for",
  },
  channel: {
    label: "Slack channel",
    hint: "Its id, which is at the bottom of the channel's details in Slack: C0123456789. * is for every channel.",
    already: "a mapping for",
  },
  destination: {
    label: "Name",
    hint: "Rules call it by this name: support, for example.",
    already: "a destination",
  },
  person: { label: "Username in GitLab", hint: "Without the @.", already: "a person" },
};
