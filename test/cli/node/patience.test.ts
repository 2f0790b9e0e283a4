import { expect, it } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { askMembers } from "../../../src/cli/people/ask-members.ts";
import { Refusal } from "../../../src/cli/terminal/refusal.ts";
import type { AdminApi } from "../../../src/cli/worker/admin-api.ts";
import { patience, whenSlackLets } from "../../../src/cli/worker/when-slack-lets.ts";

function quiet(said: string[] = []): Context {
  return {
    terminal: {
      print: () => {},
      note: (text) => said.push(text),
      style: (_style, text) => text,
      confirm: async () => await Promise.resolve(null),
      progress: () => ({ at: () => {}, end: () => {} }),
    },
    env: {},
    cwd: "/",
    now: Date.now,
  };
}

it("waits a second where Slack names none: asking at once would never end", async () => {
  const said: string[] = [];
  const from = performance.now();
  let asked = 0;
  const answer = await whenSlackLets(quiet(said), async () => {
    asked += 1;
    if (asked > 1) return await Promise.resolve("yes");
    throw new Refusal("slack_busy", "busy", undefined, { retryAfterSeconds: 0 });
  });
  expect({ answer, asked, said }).toEqual({
    answer: "yes",
    asked: 2,
    said: ["Slack asks for 1 s of patience …"],
  });
  expect(performance.now() - from).toBeGreaterThan(950);
});

it("gives up after ten waits in a row, or when one is too long", async () => {
  await expect(patience(quiet(), 0, 10)).rejects.toThrow(/10 times in a row .* Try again later\./);
  await expect(patience(quiet(), 301, 0)).rejects.toThrow("Slack asks for 6 minutes of patience.");
});

it("asks on for whoever was put off, and hands out answers by what was asked", async () => {
  const bodies: unknown[] = [];
  const pages = [
    { items: [{ asked: "", state: "active" }], retryAfterSeconds: 1 },
    { items: [{ asked: "", state: "bot" }], retryAfterSeconds: null },
  ];
  const api = {
    url: "",
    ask: async (_path: string, { body }: { body: unknown }) => {
      bodies.push(body);
      return await Promise.resolve(pages.shift());
    },
  } as unknown as AdminApi;
  const answers = await askMembers(quiet(), api, { ids: ["U01", "U02", "U01"], emails: [] });
  expect(bodies).toEqual([{ slack: ["U01", "U02"] }, { slack: ["U02"] }]);
  expect([...answers].map(([asked, { state }]) => [asked, state])).toEqual([
    ["U01", "active"],
    ["U02", "bot"],
  ]);
});
