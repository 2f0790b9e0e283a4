import { warn } from "../log.ts";
import type { Settings } from "../settings.ts";
import { withTimeout } from "./with-timeout.ts";

/**
 * Answers somebody's command or shortcut at the address that Slack gave for it, so that only that
 * person sees it. Only Slack's origins are called. A failure is logged: whoever asked asks again.
 *
 * @see https://docs.slack.dev/interactivity/handling-user-interaction (message responses)
 */
export async function answerUrl(
  url: string | null,
  text: string,
  { hookOrigins }: Pick<Settings, "hookOrigins">,
): Promise<void> {
  const origin = URL.parse(url ?? "")?.origin;
  if (url === null || origin === undefined || !hookOrigins.includes(origin)) {
    warn("answer_impossible", { reason: `the address is not within ${hookOrigins.join(", ")}` });
    return;
  }
  try {
    const { status } = await withTimeout((signal) =>
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify({ response_type: "ephemeral", text, replace_original: false }),
        redirect: "manual",
        signal,
      }),
    );
    if (status !== 200) warn("answer_refused", { status });
  } catch (error) {
    warn("answer_failed", { error: error instanceof Error ? error.name : "unknown" });
  }
}
