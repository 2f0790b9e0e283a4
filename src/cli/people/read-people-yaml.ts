import { MEMBER_ID } from "../../mappings/schema.ts";
import { readYaml } from "../../folder/read-yaml.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { PersonEntry } from "./read-people.ts";
import { recognise, UNDERSTOOD, type Recognised } from "./recognise-person.ts";

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * The people of a YAML (or JSON) file: a list of them, or a map by name, at any depth and however they are
 * nested (`gitlab: { username }`, `slack: { id }`); or a plain map of usernames to member ids.
 */
export function readPeopleYaml(file: string, source: string): PersonEntry[] {
  const read = readYaml(source);
  if (!read.ok) {
    const [problem] = read.problems;
    const where = `${file}:${problem?.line}:${problem?.column}`;
    throw new Refusal("unreadable", `${where}: ${problem?.message}`, EXIT.usage);
  }
  const people = peopleIn(read.json, "", null);
  if (people.length === 0) {
    throw new Refusal("nobody", `${file} names nobody: expected ${UNDERSTOOD}.`, EXIT.usage);
  }
  return people.map(({ path, ...person }) => ({
    place: `${file}:${read.positionOf(path).line}`,
    ...person,
  }));
}

type Found = Recognised & { path: string };

function peopleIn(value: Json, path: string, key: string | null): Found[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => peopleIn(item, `${path}[${index}]`, null));
  }
  if (typeof value === "string" && key !== null) return pairOf(key, value, path);
  if (!isObject(value)) return [];
  const person = recognise(leavesOf(value));
  if (person.gitlab !== null || isOnesOwn(value)) {
    // In a map by username the name stands outside.
    return [{ ...person, gitlab: person.gitlab ?? key, path }];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    peopleIn(inner, path === "" ? name : `${path}.${name}`, name),
  );
}

/** `amina: U0123456789` */
function pairOf(key: string, value: string, path: string): Found[] {
  if (MEMBER_ID.test(value)) return [{ gitlab: key, slack: value, email: null, path }];
  return EMAIL.test(value) ? [{ gitlab: key, slack: null, email: value, path }] : [];
}

/** Whether an object itself, and not one within, says where somebody is in Slack. */
function isOnesOwn(value: JsonObject): boolean {
  const own = Object.entries(value).filter(
    ([key, inner]) => !isObject(inner) || /^slack/i.test(key),
  );
  const { slack, email } = recognise(leavesOf(Object.fromEntries(own)));
  return slack !== null || email !== null;
}

/** The texts in a person, by names such as `gitlab username`; of what is nested elsewhere only e-mail addresses. */
function leavesOf(person: JsonObject): [name: string, value: string][] {
  return Object.entries(person).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "string") return [[key, value]];
    if (!isObject(value) || !/^(gitlab|slack)/i.test(key)) return [];
    return Object.entries(value).flatMap(([inner, text]): [string, string][] =>
      typeof text === "string" ? [[`${key} ${inner}`, text]] : [],
    );
  });
}
