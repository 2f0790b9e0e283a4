import { describe, expect, test } from "vitest";
import { mayEdit } from "../../src/console/may-edit.ts";

describe("a name among the editors", () => {
  test.for<[string, string, boolean]>([
    ["amina@example.com", "amina@example.com", true],
    ["Amina@Example.com", "amina@example.COM", true],
    ["amina@example.com", "*@example.com", true],
    ["amina@example.com", "*", true],
    ["amina.o@support.example.com", "amina*@*.example.com", true],
    ["amina@example.com.evil.test", "*@example.com", false],
    ["amina@exampleXcom", "*@example.com", false],
    ["@example.com", "a*@example.com", false],
    ["aba", "ab*ba", false],
    ["amina@example.com", "", false],
    ["", "amina@example.com", false],
    // The kelvin sign, whose small letter is a k.
    ["\u212aeiko@example.com", "keiko@example.com", false],
    ["mallory\n@example.com", "*@example.com", false],
    [`${"a".repeat(50_000)}!`, `${"a*".repeat(5_000)}b`, false],
  ])("%s is %s: %s", ([name, editor, is]) => {
    expect(mayEdit(name, ["nobody@example.com", editor])).toBe(is);
  });
});
