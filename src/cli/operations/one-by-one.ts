import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";

/**
 * Does something with each, one after the other, and shows how far it has come. When it is broken off
 * half way the {@link Refusal} says what was done, and that the rest was not.
 */
export async function oneByOne<T, Done>(
  { terminal }: Context,
  label: string,
  all: T[],
  act: (one: T) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = [];
  try {
    await withProgress(terminal, label, all.length, async (at) => {
      for (const one of all) {
        done.push(await act(one));
        at(done.length);
      }
    });
  } catch (error) {
    if (!(error instanceof Refusal) || done.length === 0) throw error;
    const message = `${label}: ${done.length} of ${all.length} done, then it stopped. ${error.message}`;
    throw new Refusal(error.code, message, EXIT.partial, { done });
  }
  return done;
}
