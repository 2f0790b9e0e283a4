import type { Publish, Via } from "./publish.ts";

/** Why something was published, or why nobody knows. */
export function whyOf({ why, via }: Pick<Publish, "why" | "via">): string {
  if (why !== "") return why;
  return via === "outside" ? "(edited past Causeway)" : "(nobody said why)";
}

/** "destination/a", "3 documents" */
export function whatOf({ keys, total }: Pick<Publish, "keys" | "total">): string {
  const [only] = keys;
  return total === 1 && only !== undefined ? only.key : `${total} documents`;
}

/** Through what it was published, to go on with after "published". */
export function viaInWords(via: Via): string {
  switch (via) {
    case "console":
      return "in the console";
    case "command line":
      return "by the command line";
    case "api":
      return "through the API";
    case "outside":
      return "past Causeway";
  }
}
