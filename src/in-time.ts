import { afterPatience } from "./patience.ts";

/** What `promise` resolves to; rejects after `patienceMs` milliseconds (more than half a second) without an answer. */
export async function inTime<T>(patienceMs: number, promise: Promise<T>): Promise<T> {
  let answered: (() => void) | undefined;
  const timeout = new Promise<never>((_, reject) => {
    answered = afterPatience(patienceMs, () =>
      reject(new Error(`no answer within ${patienceMs / 1000} s`)),
    );
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    answered?.();
  }
}
