/** Those who wait for their turn; `last` settles when the last of them is done. */
export type Turns = { last: Promise<unknown> };

/** Runs `work` when all that came before it is done, whatever became of that. */
export async function inTurn<T>(turns: Turns, work: () => Promise<T>): Promise<T> {
  const turn = turns.last.then(work);
  turns.last = turn.catch(() => undefined);
  return await turn;
}
