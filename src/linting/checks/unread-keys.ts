import { isUsablePath } from "../../gitlab/event-path.ts";
import { isAddressName, isReservedDestination } from "../../mappings/address.ts";
import { suggestion } from "../../mappings/suggestion.ts";
import type { Finding } from "../finding.ts";
import type { Draft } from "../draft.ts";

const FAMILIES = ["mapping", "destination", "person"];
const SOURCES = ["gitlab", "slack"];

/** Documents that nothing ever reads, because of their key. */
export function unreadKeys({ keys }: Pick<Draft, "keys">): Finding[] {
  return keys.flatMap((key): Finding[] => {
    const said = whyUnread(key);
    if (said === null) return twin(key, keys);
    const severity = said.certain ? "error" : "warning";
    return [{ key, path: "", severity, code: "unread-key", message: said.message }];
  });
}

type Unread = { message: string; certain: boolean };

function whyUnread(key: string): Unread | null {
  const [family = "", ...rest] = key.split("/");
  const name = rest.join("/");
  if (family === "mapping") return whyMappingUnread(key, rest);
  if (family === "destination" && name !== "") return whyDestinationUnread(name);
  if (family === "person" && name !== "") return whyPersonUnread(name);
  const isNameless = FAMILIES.includes(family);
  const meant = isNameless
    ? " A name is missing behind it."
    : suggestion(family.toLowerCase(), FAMILIES);
  return {
    message: `nothing reads ${key}: there are mapping/gitlab/<path>, mapping/slack/<channel id>, destination/<name> and person/<username>.${meant}`,
    certain: meant !== "",
  };
}

function whyMappingUnread(key: string, [source = "", ...path]: string[]): Unread | null {
  const certain = true;
  if (!SOURCES.includes(source) || path.join("") === "") {
    const meant = SOURCES.includes(source) ? "" : suggestion(source.toLowerCase(), SOURCES);
    return {
      message: `nothing reads ${key}: mappings are mapping/gitlab/<path> or mapping/slack/<channel id>.${meant}`,
      certain,
    };
  }
  // Channel ids are checked where the document is read.
  if (source === "slack") return null;
  const name = path.join("/");
  if (name !== name.toLowerCase()) {
    return {
      message: `nothing reads ${key}: the path of a group or project stands in lower case in a key. Call it mapping/gitlab/${name.toLowerCase()}.`,
      certain,
    };
  }
  if (name === "*") return null;
  if (name.includes("*")) {
    return {
      message: `nothing reads ${key}: a key has no globs. mapping/gitlab/${name.split(/\/?\*/, 1)[0] || "*"} is for everything below it too.`,
      certain,
    };
  }
  if (path.includes("") || !isUsablePath(name)) {
    return { message: `nothing reads ${key}: GitLab has no such path.`, certain };
  }
  return /[^\w./-]/.test(name)
    ? {
        message: `nothing reads ${key}: a path of GitLab's has letters, digits, "_", "-" and "." only. It is what stands in the address of the project, not its name.`,
        certain,
      }
    : null;
}

function whyDestinationUnread(name: string): Unread | null {
  if (!isReservedDestination(name) && !isAddressName(name)) return null;
  return {
    message: `nothing reads destination/${name}: "${name.split(":", 1)[0]}" stands for the bot itself. Give the destination another name.`,
    certain: true,
  };
}

function whyPersonUnread(name: string): Unread | null {
  if (/^[\w.-]{1,255}$/.test(name)) return null;
  const bare = name.replace(/^@/, "");
  const meant = bare !== name && /^[\w.-]+$/.test(bare) ? ` Did you mean "person/${bare}"?` : "";
  return {
    message: `nothing reads person/${name}: "${name}" cannot be anybody's username in GitLab.${meant}`,
    certain: true,
  };
}

/** GitLab ignores the case of usernames: of two such documents one is not asked. */
function twin(key: string, keys: string[]): Finding[] {
  if (!key.startsWith("person/") || key === key.toLowerCase()) return [];
  const lower = key.toLowerCase();
  if (!keys.includes(lower)) return [];
  const message = `${lower} is about the same person. Keep one of the two.`;
  return [{ key, path: "", severity: "warning", code: "duplicate-person", message }];
}
