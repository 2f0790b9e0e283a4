import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { plainText } from "../../src/slack/plain-text.ts";

describe("plain text for a workflow", () => {
  test.for([
    ["a < b & c > d", "a < b & c > d"],
    ["&lt;b&gt;", "&lt;b&gt;"],
    ["<!channel>", "‹!channel>"],
    ["<!subteam^S0>", "‹!subteam^S0>"],
    ["<@U0> <#C0|general>", "‹@U0> ‹#C0|general>"],
    ["<https://evil.test|your bank>", "‹https://evil.test|your bank>"],
    ["<HTTP://evil.test|x>", "‹HTTP://evil.test|x>"],
    ["<mailto:a@b.test|x>", "‹mailto:a@b.test|x>"],
    ["<\u0000!here>", "‹!here>"],
    ["@here @Channel @everyone", "@\u200bhere @\u200bChannel @\u200beveryone"],
    ["@hereafter a@b.test", "@hereafter a@b.test"],
    ["https://gitlab.example.com/a?b=1&c=2", "https://gitlab.example.com/a?b=1&c=2"],
    ["a\r\nb\u202e", "a\nb"],
    ["", ""],
  ] as const)("%j is %j", ([text, plain]) => {
    expect(plainText(text)).toBe(plain);
  });

  it("opens no mention and no link", () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        "<",
        "!",
        "@",
        "#",
        "here",
        "U0",
        ">",
        "|",
        "https://x",
        "\u0007",
        "\r",
      ),
      maxLength: 20,
    });
    fc.assert(
      fc.property(hostile, (text) => {
        expect(plainText(text)).not.toMatch(/<[!@#]|<https?:|@here\b/i);
      }),
      { numRuns: 1_000 },
    );
  });
});
