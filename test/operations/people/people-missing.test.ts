import { expect, it } from "vitest";
import type { ListedMember } from "../../../src/checks/list-members.ts";
import { suggestionFor } from "../../../src/operations/people/people-missing.ts";

function member(id: string, ...knownAs: string[]): ListedMember {
  return { id, name: knownAs[0] ?? id, knownAs, why: null };
}

const CHEN = member("U0000000003", "chen", "chen wei");

it("suggests the one member of that username or name, whatever the case", () => {
  expect(suggestionFor({ username: "Chen", name: null }, [CHEN], [])).toBe(CHEN);
  expect(suggestionFor({ username: "cw", name: "Chen Wei" }, [CHEN], [])).toBe(CHEN);
});

it("suggests nobody where several are called so, for a part of a name, or who is somebody already", () => {
  const twin = member("U0000000004", "other", "chen wei");
  expect(suggestionFor({ username: "cw", name: "Chen Wei" }, [CHEN, twin], [])).toBeNull();
  expect(suggestionFor({ username: "che", name: "Wei" }, [CHEN], [])).toBeNull();
  const known = { username: "chen-w", etag: '"1"', slack: CHEN.id, by: null, at: "", problems: [] };
  expect(suggestionFor({ username: "chen", name: null }, [CHEN], [known])).toBeNull();
});

it("suggests nobody who has left or is a bot", () => {
  const gone: ListedMember = { ...CHEN, why: "deactivated" };
  const bot: ListedMember = { ...CHEN, why: "bot" };
  expect(suggestionFor({ username: "chen", name: null }, [gone, bot], [])).toBeNull();
});
