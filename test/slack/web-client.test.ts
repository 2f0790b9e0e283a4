import { LogLevel, WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";

/**
 * Slack's client does not run on Workers as it comes. Where one of these fails, it has learned to,
 * and `send-to-channel.ts` may do with less.
 */
describe("Slack's own client on workerd", () => {
  const options = {
    slackApiUrl: "https://slack.test/api/",
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
  };

  it("calls fetch as a method of its own, which workerd refuses", async () => {
    const client = new WebClient("xoxb-t", options);
    await expect(client.auth.test()).rejects.toThrow("Illegal invocation");
  });

  it("asks for redirects to be errors, which workerd refuses", async () => {
    const client = new WebClient("xoxb-t", {
      ...options,
      fetch: (url: string | URL | Request, init?: RequestInit) => fetch(url, init),
    });
    await expect(client.auth.test()).rejects.toThrow("Invalid redirect value");
  });
});
