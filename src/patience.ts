/** The last part of a wait, in which what has already come is read. */
const LAST_LOOK_MS = 500;

/**
 * Calls `lost` after `ms` milliseconds (more than half a second), unless the result is called before.
 * It waits twice: an isolate that is busy for seconds finds the timer due before it reads the answer
 * that came in time, and takes the second wait for reading it.
 */
export function afterPatience(ms: number, lost: () => void): () => void {
  let timer = setTimeout(() => {
    timer = setTimeout(lost, LAST_LOOK_MS);
  }, ms - LAST_LOOK_MS);
  return () => clearTimeout(timer);
}
