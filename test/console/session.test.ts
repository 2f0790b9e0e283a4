import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSession, startSession, writeSession } from "../../src/console/session.ts";
import type { RoleToken } from "../../src/console/way-in.ts";

const NOW = Date.parse("2031-03-04T10:00:00Z");
const TOKENS: RoleToken[] = [
  { role: "edit", token: "the editors' token" },
  { role: "view", token: "the viewers' token" },
];

const stateOf = async (cookie: string, tokens = TOKENS, now = NOW) =>
  (await readSession(cookie, tokens, now)).state;

describe("a session's cookie", () => {
  it("says who signed in, whatever the name is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 60 }), async (name) => {
        const session = startSession(name, "edit", NOW);
        const cookie = await writeSession(session, "the editors' token");
        expect(await readSession(cookie, TOKENS, NOW)).toEqual({ state: "open", session });
      }),
      { numRuns: 100 },
    );
  });

  it("opens nothing when it was changed in any place", async () => {
    const cookie = await writeSession(startSession("Amina", "edit", NOW), "the editors' token");
    expect(await stateOf(cookie)).toBe("open");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(cookie.length - 1),
        fc.string({
          unit: fc.constantFrom("a", "Z", "0", "9", "-", "_", ".", "=", "%", "+", " "),
          maxLength: 3,
        }),
        fc.nat(3),
        async (at, put, gone) => {
          const changed = cookie.slice(0, at) + put + cookie.slice(at + gone);
          fc.pre(changed !== cookie);
          expect(await stateOf(changed)).toBe("ended");
        },
      ),
      { numRuns: 2_000 },
    );
    // Every single place, and each of its neighbours in the alphabet: some spellings mean the same bytes.
    for (let at = 0; at < cookie.length; at += 1) {
      const code = cookie.charCodeAt(at);
      for (const other of [code - 1, code + 1, code ^ 32]) {
        const changed = cookie.slice(0, at) + String.fromCharCode(other) + cookie.slice(at + 1);
        expect(await stateOf(changed)).toBe("ended");
      }
    }
  });

  it("of a viewer never makes an editor", async () => {
    const forged = await writeSession(startSession("Mallory", "edit", NOW), "the viewers' token");
    expect(await stateOf(forged)).toBe("ended");
  });

  it("is nothing to tokens that did not sign it", async () => {
    const cookie = await writeSession(startSession("Amina", "view", NOW), "the viewers' token");
    expect(await stateOf(cookie)).toBe("open");
    expect(await stateOf(cookie, [{ role: "view", token: "a new token" }])).toBe("ended");
    expect(await stateOf(cookie, [])).toBe("ended");
  });

  it("is over when time is nonsense", async () => {
    const cookie = await writeSession(startSession("Amina", "edit", NOW), "the editors' token");
    expect(await stateOf(cookie, TOKENS, Number.NaN)).toBe("ended");
  });
});
