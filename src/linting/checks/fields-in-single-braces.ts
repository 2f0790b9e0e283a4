import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";
import { singleBraces } from "../single-braces.ts";

/** Templates with what looks like a field, and is sent as it stands: `{author}`. */
export function fieldsInSingleBraces({ mappings }: Draft): Finding[] {
  return mappings.flatMap(({ key, source, rules }) =>
    rules.flatMap(({ templates }) =>
      templates.flatMap((template) =>
        singleBraces(template, source).map((message): Finding => ({
          key,
          path: template.path,
          severity: "warning",
          code: "single-braces",
          message,
        })),
      ),
    ),
  );
}
