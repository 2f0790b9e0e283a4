/** The settings that the Worker runs with in tests. Invented, every one. */
export const TEST_SETTINGS = {
  GITLAB_SIGNING_TOKENS: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  GITLAB_SECRET_TOKENS: "plain-token-one plain-token-two",
  HOOK_MASTER_SECRETS: "master-secret-now master-secret-before",
  ADMIN_TOKEN: "admin-token",
  VIEWER_TOKEN: "viewer-token",
  SLACK_BOT_TOKEN: "xoxb-test-token",
  SLACK_SIGNING_SECRET: "8f742231b10e8888abcd99yyyzzz85a5",
  GITLAB_API_TOKEN: "glpat-test-token",
  GITLAB_URL: "https://gitlab.test",
  SLACK_API_URL: "https://slack.test/api/",
  SLACK_HOOK_ORIGINS: "https://slack.test",
  ALERTS_TO: "alerts",
  RETENTION_DAYS: "7",
  TRIGGER_URL:
    "https://slack.test/triggers/T0CAUSEWAY/4100000000001/00000000000000000000000000000001",
};
