import { HookTokenRequest } from "../hook-token-request.ts";
import { HookTokenAnswer } from "./hook-answers.ts";
import type { Operation } from "./operation.ts";

/** What `/hook-tokens` can be asked. */
export const HOOK_OPERATIONS: Operation[] = [
  {
    method: "POST",
    path: "/hook-tokens",
    id: "deriveHookToken",
    tag: "Hooks",
    summary: "Derive the secret token of one webhook from the master secret.",
    body: { schema: HookTokenRequest, example: { path: "my-group/my-project" } },
    answers: [{ status: 200, about: "What the webhook is set to.", schema: HookTokenAnswer }],
    refusals: [
      { status: 400, code: "bad_path", when: "that is no path of a group or project" },
      { status: 400, code: "no_master_secret", when: "`HOOK_MASTER_SECRETS` is not set" },
    ],
    verb: "causeway hooks create my-group/my-project",
  },
];
