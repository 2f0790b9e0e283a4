import { vi } from "vitest";
import { createSlack, type Slack } from "../../src/sandbox/slack.ts";
import type { Door, FaultOrder } from "../../src/sandbox/faults.ts";
import type { Answer, Outgoing } from "../../src/slack/answer.ts";
import { sendAsBot } from "../../src/slack/send-as-bot.ts";
import { sendToHook } from "../../src/slack/send-to-hook.ts";

export const ORIGIN = "https://slack.test";
export const CHANNEL = "C0000000001";
export const SLACK = { token: "xoxb-t", apiUrl: `${ORIGIN}/api/` };
/** The id of the delivery that a message is. */
export const DELIVERY = "Z2l0bGFiL2FjbWU.AAAAAAAAAAAAAAAAAAAAAA.0";
export const MESSAGE: Extract<Outgoing, { kind: "message" }> = {
  kind: "message",
  text: "Hello",
  blocks: [{ type: "section", text: { type: "mrkdwn", text: "Hello" } }],
};
export const VARIABLES: Extract<Outgoing, { kind: "workflow" }> = {
  kind: "workflow",
  variables: { title: "Hello", url: "" },
};

export type Doors = {
  slack: Slack;
  /** Every request that left, as `fetch` was called with it. */
  calls: { url: string; init: RequestInit }[];
  send: (door: Door) => Promise<Answer>;
  trigger: string;
  webhook: string;
};

/** The stand-in behind `fetch`, and a message for each of its three doors. */
export function openDoors(fault?: Omit<FaultOrder, "on">): Doors {
  const slack = createSlack();
  const calls: Doors["calls"] = [];
  if (fault !== undefined) slack.workspace.faults.set({ on: "*", ...fault });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init = {}) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    calls.push({ url: request.url, init: init as RequestInit });
    if (!request.url.startsWith(`${ORIGIN}/`)) throw new Error("a stranger was called");
    return await slack.app.fetch(request);
  });
  const trigger = ORIGIN + (slack.workspace.triggers[0]?.path ?? "");
  const webhook = ORIGIN + (slack.workspace.webhooks[0]?.path ?? "");
  return {
    slack,
    calls,
    trigger,
    webhook,
    send: (door) => {
      switch (door) {
        case "trigger":
          return sendToHook(trigger, VARIABLES, DELIVERY);
        case "webhook":
          return sendToHook(webhook, MESSAGE, DELIVERY);
        case "api":
          return sendAsBot({ type: "channel", channel: CHANNEL }, MESSAGE, DELIVERY, SLACK);
      }
    },
  };
}
