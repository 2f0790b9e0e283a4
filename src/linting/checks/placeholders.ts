import { destinationKey } from "../../mappings/destination-key.ts";
import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";

/** The ids that the documentation and `causeway init` write where one's own belong. */
const EXAMPLE_ID = /\b([CUS])0123456789\b/;
const EXAMPLE_PERSON = "your-username";

const OWN: Record<string, string> = {
  C: "your channel's id (in Slack: channel details, at the bottom)",
  U: "the person's own id (in Slack: the person's profile, ⋮, Copy member ID)",
  S: "your user group's id (in Slack: the group's details, ⋮, Copy group ID)",
};

/** What was written to be replaced, and still stands there. */
export function placeholders({ mappings, destinations, people }: Draft): Finding[] {
  const names = mappings.flatMap(({ key, source, path }) =>
    source === "slack" ? found(key, path, "") : [],
  );
  const rules = mappings.flatMap(({ key, rules: all }) =>
    all.flatMap(({ at, rule }) => found(key, rule, at)),
  );
  const places = [...destinations].flatMap(([name, value]) =>
    found(destinationKey(name), value, ""),
  );
  const persons = [...people].flatMap(([name, value]) =>
    name === EXAMPLE_PERSON
      ? [
          warning(
            `person/${name}`,
            "",
            `"${name}" is nobody: call the file as the person is called in GitLab.`,
          ),
        ]
      : found(`person/${name}`, value, ""),
  );
  return [...names, ...rules, ...places, ...persons];
}

/** The example ids in a value, at any depth. */
function found(key: string, value: unknown, path: string): Finding[] {
  if (typeof value === "string") {
    const [id, letter = ""] = EXAMPLE_ID.exec(value) ?? [];
    return id === undefined
      ? []
      : [warning(key, path, `${id} is an example. Put in ${OWN[letter]}.`)];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => found(key, each, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    found(key, each, path === "" ? name : `${path}.${name}`),
  );
}

function warning(key: string, path: string, message: string): Finding {
  return { key, path, severity: "warning", code: "placeholder", message };
}
