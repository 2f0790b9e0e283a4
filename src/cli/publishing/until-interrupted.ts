const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Until `end`, the first Ctrl+C (or SIGTERM) is a request: `stop` is aborted, `say` is called, and the
 * work under way comes to an end that it can say something about. The second one ends the process.
 */
export function untilInterrupted(say: () => void): { stop: AbortSignal; end: () => void } {
  const stop = new AbortController();
  const undo = SIGNALS.map((signal) => {
    // The local KV would end the process at once, without a word.
    const others = process.listeners(signal);
    const stopping = (): void => {
      say();
      stop.abort();
    };
    process.removeAllListeners(signal);
    process.once(signal, stopping);
    return () => {
      process.off(signal, stopping);
      for (const other of others) process.on(signal, other);
    };
  });
  return { stop: stop.signal, end: () => undo.forEach((each) => each()) };
}
