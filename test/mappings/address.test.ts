import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  addressName,
  addressNamed,
  isAddressName,
  isReservedDestination,
  type Address,
} from "../../src/mappings/address.ts";
import { parseMapping } from "../../src/mappings/parse-document.ts";

const CHANNEL = "C0000000001";

describe("an address", () => {
  test.for<[name: string, address: Address]>([
    ["thread:C0000000001", { type: "thread", channel: "C0000000001" }],
    [
      "ephemeral:C0000000001:U0000000001",
      { type: "ephemeral", channel: "C0000000001", user: "U0000000001" },
    ],
    ["dm:U0000000001", { type: "dm", user: "U0000000001" }],
    ["gitlab_issue:group/sub/project", { type: "gitlab_issue", project: "group/sub/project" }],
  ])("is named %s, and read back", ([name, address]) => {
    expect(addressName(address)).toBe(name);
    expect(addressNamed(name)).toEqual(address);
    expect(isAddressName(name)).toBe(true);
  });

  it("is read back whatever its ids are", () => {
    const id = fc.stringMatching(/^[A-Z0-9]{1,20}$/);
    const address = fc.oneof(
      fc.record({ type: fc.constant("thread" as const), channel: id }),
      fc.record({ type: fc.constant("ephemeral" as const), channel: id, user: id }),
      fc.record({ type: fc.constant("dm" as const), user: id }),
    );
    fc.assert(
      fc.property(address, (each) => {
        expect(addressNamed(addressName(each))).toEqual(each);
      }),
    );
  });

  it("of issues is read back for every project that a mapping may name", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "B", "0", "-", "_", ".", ":", "é"),
      minLength: 1,
    });
    const project = fc.array(word, { minLength: 2, maxLength: 4 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(project, (path) => {
        const rule = { name: "A", on: "reaction.x", to: "gitlab_issue", issue: { project: path } };
        const parsed = parseMapping(`mapping/slack/${CHANNEL}`, JSON.stringify({ rules: [rule] }));
        const address: Address = { type: "gitlab_issue", project: path };
        expect(parsed.ok ? addressNamed(addressName(address)) : address).toEqual(address);
      }),
    );
  });

  test.for([
    "",
    "support",
    "thread",
    "dm",
    "gitlab_issue",
    "Thread:C1",
    " thread:C1",
    "threads:C1",
    "card:C1",
    "constructor:x",
    "__proto__:x",
    "x:thread:C1",
  ])("is none: %j", (name) => {
    expect(addressNamed(name)).toBeNull();
    expect(isAddressName(name)).toBe(false);
  });
});

describe("a name that stands for the bot", () => {
  test.for<[name: string, reserved: boolean]>([
    ["thread", true],
    ["ephemeral", true],
    ["dm", true],
    ["gitlab_issue", true],
    ["Thread", false],
    ["channel", false],
    ["thread:C1", false],
    ["constructor", false],
    ["", false],
  ])("%j: %s", ([name, reserved]) => {
    expect(isReservedDestination(name)).toBe(reserved);
  });
});
