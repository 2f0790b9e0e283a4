import { UNSHOWABLE } from "./unshowable.ts";

/** A value as JSON that a terminal shows and a program reads alike: what would steer it is escaped. */
export function asJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(UNSHOWABLE, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
}
