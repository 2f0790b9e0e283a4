import { expect, test } from "vitest";
import { hooksCommand } from "../../../src/cli/hooks/hooks-command.ts";

const url = "https://causeway.example.com";

test.for<[given: { dir?: string; url?: string }, verb: "create" | "resend", command: string]>([
  [{}, "create", "causeway hooks create acme/site"],
  [{ dir: "f" }, "create", "causeway hooks create acme/site --dir f"],
  [
    { dir: "our rules", url },
    "create",
    `causeway hooks create acme/site --dir 'our rules' --url ${url}`,
  ],
  [{ dir: "it's" }, "create", String.raw`causeway hooks create acme/site --dir 'it'\''s'`],
  [{ dir: "f", url }, "resend", `causeway hooks resend acme/site --url ${url}`],
])("%j is carried on by hooks %s", ([given, verb, command]) => {
  expect(hooksCommand(given)(verb, "acme/site")).toBe(command);
});
