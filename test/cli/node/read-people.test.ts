import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { planImport } from "../../../src/cli/people/plan-import.ts";
import { readPeople } from "../../../src/cli/people/read-people.ts";

const dir = mkdtempSync(join(tmpdir(), "causeway-people-"));
afterAll(() => rmSync(dir, { recursive: true }));

function put(file: string, text: string | Buffer): string {
  writeFileSync(join(dir, file), text);
  return join(dir, file);
}

it("reads what Excel calls Unicode text, and says what to do about other bytes", () => {
  const text = "gitlab\tslack\r\namina\tU0000000001\r\n";
  const excel = Buffer.from(`\uFEFF${text}`, "utf16le");
  expect(readPeople(put("excel.txt", excel))).toMatchObject([
    { gitlab: "amina", slack: "U0000000001", place: "excel.txt:2" },
  ]);
  const bare = put("bare.csv", Buffer.from(text, "utf16le"));
  expect(() => readPeople(bare)).toThrow("bare.csv is not text in UTF-8: save it as such.");
});

describe("a list of people is read from", () => {
  test.for([
    ["a table with commas", "team.csv", "gitlab,slack\namina,U0000000001\nbruno,U0000000002\n"],
    [
      "semicolons, quotes, a BOM and Windows line ends",
      "team.csv",
      '\uFEFFName;"GitLab username";"Slack ID"\r\n"Diallo; Amina";"@amina";"U0000000001"\r\n;bruno; U0000000002 \r\n',
    ],
    [
      "one with tabs",
      "team.tsv",
      "Slack member ID\tUsername\nU0000000001\tAmina\nU0000000002\tbruno\n",
    ],
    [
      "a list with nested accounts",
      "team.yaml",
      `
- name: Amina Diallo
  gitlab: { username: amina, id: 1234567 }
  slack: { id: U0000000001, handle: amina.d }
- name: Bruno Keller
  gitlab: { username: bruno }
  slack: { id: U0000000002 }
`,
    ],
    [
      "a map of people within teams",
      "team.yaml",
      `
teams:
  emea:
    Amina Diallo: { gitlab_username: amina, slack_id: U0000000001, reports_to: bruno }
  apac:
    Bruno Keller: { gitlab_username: "https://gitlab.com/bruno", slack_id: U0000000002 }
`,
    ],
    [
      "a map by username",
      "team.yml",
      "amina: { slack: { id: U0000000001 } }\nbruno: { slack: U0000000002 }\n",
    ],
    ["a plain map", "team.yaml", "amina: U0000000001\nbruno: U0000000002\n"],
    [
      "JSON",
      "team.json",
      '[{"gitlab":"amina","slack":"U0000000001"},{"gitlab":"bruno","slack":"U0000000002"}]',
    ],
  ] as const)("%s", ([, file, text]) => {
    const planned = planImport(readPeople(put(file, text)), [], new Map(), false);
    expect(planned.map(({ username, slack, outcome }) => [username, slack, outcome])).toEqual([
      ["amina", "U0000000001", "added"],
      ["bruno", "U0000000002", "added"],
    ]);
  });

  it("says where each person stands", () => {
    const csv = "gitlab,slack\namina,U0000000001\n\n\nbruno,U0000000002\n";
    expect(readPeople(put("team.csv", csv)).map(({ place }) => place)).toEqual([
      "team.csv:2",
      "team.csv:5",
    ]);
    const yaml = "people:\n  - gitlab: amina\n    slack: U0000000001\n  - gitlab: bruno\n";
    expect(readPeople(put("team.yaml", yaml)).map(({ place }) => place)).toEqual([
      "team.yaml:2",
      "team.yaml:4",
    ]);
  });

  it("takes no number, handle or manager for a username", () => {
    const yaml = `
- name: Amina Diallo
  gitlab: { id: 1234567 }
  slack: { id: U0000000001, username: amina.d }
  manager: { gitlab: bruno }
  work: { email: amina@example.com }
`;
    expect(readPeople(put("team.yaml", yaml))).toMatchObject([
      { gitlab: null, slack: "U0000000001" },
    ]);
  });

  test.for([
    ["team.csv", "name,phone\nAmina,1\n", "team.csv has the columns name, phone."],
    ["team.csv", 'gitlab,slack\n"amina,U1\n', "team.csv cannot be read"],
    ["team.yaml", "- [", "team.yaml:"],
    ["team.yaml", "places: [Lima]", "team.yaml names nobody"],
    ["team.xlsx", "", "expected a list of people as .csv or .yaml"],
  ] as const)("or refused with a sentence: %s %j", ([file, text, said]) => {
    const path = put(file, text);
    expect(() => readPeople(path)).toThrow(said);
  });
});
