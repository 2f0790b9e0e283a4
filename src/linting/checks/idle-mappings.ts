import { mappingKeys } from "../../mappings/mapping-keys.ts";
import type { Finding } from "../finding.ts";
import type { Draft } from "../draft.ts";

/** Mappings, or words of theirs, that change nothing. */
export function idleMappings({ mappings }: Draft): Finding[] {
  const keys = new Set(mappings.map(({ key }) => key));
  return mappings.flatMap(({ key, source, path, inherit, rules, whole }): Finding[] => {
    if (!whole) return [];
    if (inherit && rules.length === 0) {
      const message =
        "it has no rules, so it changes nothing. To hide the mappings above it say inherit: false.";
      return [{ key, path: "rules", severity: "warning", code: "idle-mapping", message }];
    }
    const above = mappingKeys(source, path).filter((each) => each !== key && keys.has(each));
    if (inherit || (path !== "*" && above.length > 0)) return [];
    const message = "there is no mapping above it whose rules it could hide.";
    return [{ key, path: "inherit", severity: "warning", code: "idle-mapping", message }];
  });
}
