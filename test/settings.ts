/** The settings that the Worker runs with in tests. Invented, every one. */
export const TEST_SETTINGS = {
  GITLAB_SIGNING_TOKENS: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  GITLAB_SECRET_TOKENS: "plain-token-one plain-token-two",
  HOOK_MASTER_SECRETS: "master-secret-now master-secret-before",
  ADMIN_TOKEN: "admin-token",
  SLACK_BOT_TOKEN: "xoxb-test-token",
  SLACK_API_URL: "https://slack.test/api/",
  SLACK_HOOK_ORIGINS: "https://slack.test",
  ALERTS_TO: "alerts",
  RETENTION_DAYS: "7",
  TRIGGER_URL:
    "https://slack.test/triggers/T0CAUSEWAY/4100000000001/00000000000000000000000000000001",
};
