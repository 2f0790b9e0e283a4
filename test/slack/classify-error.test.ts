import { describe, expect, it, test } from "vitest";
import { classifyError, retryAfterMs } from "../../src/slack/classify-error.ts";

/** Slack's words by what they ask for, as the reference of chat.postMessage and of webhooks lists them. */
const CLASSES: Record<string, string> = {
  wait: "ratelimited rate_limited message_limit_exceeded",
  retry: "service_unavailable request_timeout team_added_to_org org_login_required",
  ambiguous: "internal_error fatal_error",
  refused: `invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text
    markdown_text_conflict metadata_too_large invalid_metadata_format invalid_metadata_schema
    too_many_attachments invalid_arguments attachment_payload_limit_exceeded invalid_payload`,
  auth: `invalid_auth not_authed account_inactive token_revoked token_expired missing_scope
    not_allowed_token_type no_permission access_denied accesslimited ekm_access_denied
    two_factor_setup_required team_access_not_granted enterprise_is_restricted`,
  target: `channel_not_found not_in_channel is_archived channel_is_archived restricted_action
    restricted_action_read_only_channel restricted_action_thread_only_channel
    restricted_action_non_threadable_channel restricted_action_thread_locked
    cannot_reply_to_message messages_tab_disabled team_not_found user_not_found
    action_prohibited posting_to_general_channel_denied no_service no_active_hooks
    no_service_id no_team team_disabled invalid_token`,
};

const WORDS = Object.entries(CLASSES).flatMap(([kind, words]) =>
  words.split(/\s+/).map((word): [word: string, kind: string] => [word, kind]),
);

function kindOf(word: string): string | null {
  const verdict = classifyError(word);
  if (verdict === null) return null;
  if (verdict.outcome === "blocked") return verdict.cause;
  return verdict.outcome === "retry" && verdict.maybePosted ? "ambiguous" : verdict.outcome;
}

describe("Slack's word", () => {
  test.for(WORDS)("%s means %s", ([word, kind]) => {
    expect(kindOf(word)).toBe(kind);
  });

  test.for(WORDS.filter(([, kind]) => kind === "auth" || kind === "target"))(
    "%s comes with what a person has to do",
    ([word]) => {
      const verdict = classifyError(word);
      expect(verdict?.outcome === "blocked" ? verdict.fix : "").toMatch(/^[A-Z].{20,}\.$/);
    },
  );

  test.for(["", "ok", "new_error", "constructor", "__proto__", "toString", "IS_ARCHIVED"])(
    "%j is not known",
    (word) => {
      expect(classifyError(word)).toBeNull();
    },
  );
});

describe("Retry-After", () => {
  test.for<[value: string, ms: number | null]>([
    ["2", 2_000],
    ["0", 1_000],
    ["", null],
    ["1", 1_000],
    ["1.5", 1_500],
    ["86400", 86_400_000],
    ["86401", null],
    ["-1", null],
    ["NaN", null],
    ["Infinity", null],
    ["soon", null],
    ["Wed, 21 Oct 2026 07:28:00 GMT", null],
  ])("%j is %s ms", ([value, ms]) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }))).toBe(ms);
  });

  it("may be missing", () => {
    expect(retryAfterMs(new Headers())).toBeNull();
    expect(retryAfterMs(null)).toBeNull();
  });
});
