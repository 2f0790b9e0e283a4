import { EXIT, Refusal } from "../terminal/refusal.ts";

/** The whole number that an option was given, from 1 to `most`. Throws a {@link Refusal} when it is none. */
export function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  const expected = `expected a whole number from 1 to ${most}`;
  throw new Refusal("bad_number", `${option} is "${text}"; ${expected}.`, EXIT.usage);
}
