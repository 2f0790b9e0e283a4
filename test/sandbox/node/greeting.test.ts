import { expect, it } from "vitest";
import { greeting } from "../../../src/sandbox/greeting.ts";

it("says where Slack and the console are, and how to send an event there", () => {
  const usual = greeting({ worker: 8787, slack: 8788 });
  expect(usual).toContain("http://127.0.0.1:8788\n");
  // What answers there has no page to open.
  expect(usual).not.toContain("8788/gitlab");
  expect(usual).toContain("npm run sample -- issue.open\n");
  expect(usual).toContain("Make Slack misbehave");
  expect(usual).toContain(
    "http://127.0.0.1:8787/admin (sign in with the ADMIN_TOKEN, or to look only with the VIEWER_TOKEN: grep _TOKEN .dev.vars)",
  );
  const moved = greeting({ worker: 9001, slack: 9002 });
  expect(moved).toContain("http://127.0.0.1:9002\n");
  expect(moved).toContain("http://127.0.0.1:9001/admin ");
  expect(moved).toContain("issue.open --port 9001 --slack-port 9002\n");
});
