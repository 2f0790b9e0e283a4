/**
 * Runs changes so that all of them are kept or none, and returns what they return. What is written
 * between two awaits reaches the disk together anyway; this is for an exception half way. A change
 * that is one statement is atomic by itself, and a savepoint around it costs more than the change.
 */
export function atomically<T>(
  storage: DurableObjectStorage,
  statements: "one" | "many",
  change: () => T,
): T {
  return statements === "one" ? change() : storage.transactionSync(change);
}
