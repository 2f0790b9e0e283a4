import { describe, expect, it, test } from "vitest";
import type { Hook } from "../../../src/gitlab/hooks-api/hook.ts";
import type { Place } from "../../../src/gitlab/hooks-api/place.ts";
import { examineDeliveries } from "../../../src/cli/hooks/examine-deliveries.ts";
import { examineHook } from "../../../src/cli/hooks/examine-hook.ts";
import { hooksCommand } from "../../../src/cli/hooks/hooks-command.ts";

const WORKER = "https://causeway.example.com";
const PLACE: Place = {
  owner: "project",
  path: "acme/site",
  hooks: "/projects/acme%2Fsite/hooks",
  page: "https://gitlab.example.com/acme/site/-/hooks",
};
const GOOD: Hook = {
  id: 7,
  url: `${WORKER}/gitlab/webhooks/acme/site`,
  enable_ssl_verification: true,
  issues_events: true,
  signing_token_present: true,
  token_present: false,
};

const command = hooksCommand({});
const examined = (hook: Partial<Hook>, worker = WORKER) =>
  examineHook({ place: PLACE, hook: { ...GOOD, ...hook } }, null, worker, command);
const codes = (hook: Partial<Hook>) => examined(hook).map(({ code }) => code);

describe("a webhook of a Worker on the internet", () => {
  test.for<[hook: Partial<Hook>, codes: string[]]>([
    [{}, []],
    [{ url: GOOD.url.replace("https:", "http:") }, ["not_encrypted"]],
    [{ enable_ssl_verification: false }, ["tls_verification_off"]],
    [
      { url: GOOD.url.replace("https:", "http:"), enable_ssl_verification: false },
      ["not_encrypted", "tls_verification_off"],
    ],
    [{ url: `${WORKER}/gitlab/webhooks/ACME/Site` }, []],
    [{ url: "https://other.example.com/hook", enable_ssl_verification: false }, []],
    [
      {
        push_events: true,
        push_events_branch_filter: "main",
        branch_filter_strategy: "all_branches",
      },
      [],
    ],
    [{ push_events: true, push_events_branch_filter: "" }, []],
    [{ push_events_branch_filter: "main" }, []],
  ])("with %j: %j", ([hook, expected]) => {
    expect(codes(hook)).toEqual(expected);
  });

  it("before GitLab 19 is not asked to sign", () => {
    const { signing_token_present: _, token_present: __, ...old } = GOOD;
    expect(examineHook({ place: PLACE, hook: old }, null, WORKER, command)).toEqual([]);
  });

  it("on this machine is told as well that verification is off", () => {
    const local = "http://127.0.0.1:8787";
    const url = `${local}/gitlab/webhooks/acme/site`;
    expect(examined({ url }, local)).toEqual([]);
    expect(examined({ url, enable_ssl_verification: false }, local)).toMatchObject([
      {
        level: "note",
        code: "tls_verification_off",
        message: expect.stringContaining("its URL is http"),
        command: "causeway hooks create acme/site",
      },
    ]);
  });
});

describe("what became of deliveries", () => {
  const placed = { place: PLACE, hook: GOOD };

  test.for<[inARow: number | null, says: RegExp]>([
    [null, /^$/],
    [0, /^$/],
    [1, /^$/],
    [2, /the last 2 deliveries failed; after four in a row/],
    [4, /the last 4 deliveries failed; after forty in a row/],
  ])("%s failures in a row", ([inARow, says]) => {
    const found = examineDeliveries(placed, inARow, null, command);
    expect(found.map(({ message }) => message).join("\n")).toMatch(says);
  });

  it("are told by their causes, the most frequent first", () => {
    const statuses = ["503", "401", "401", "internal error", "418"];
    const lost = statuses.map((status, id) => ({ id, trigger: "issue_hooks", at: null, status }));
    const list = { lost, arrived: 0, unnumbered: 0, cutOff: true };
    expect(examineDeliveries(placed, 0, list, command)).toMatchObject([
      {
        code: "not_delivered",
        fix: expect.stringContaining("causeway hooks create acme/site --renew-token."),
        message: expect.stringMatching(
          /^at least 5 deliveries .*: 2 × 401 \(.*\), 1 × 503 \(.*\), 1 × no answer \(.*\), 1 × 418$/,
        ),
      },
    ]);
  });
});
