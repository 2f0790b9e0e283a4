import * as z from "zod/mini";

/** What a field of a form holds that is no text: a name, an id, a key. */
export const Word = z.string().check(z.trim(), z.maxLength(600));
