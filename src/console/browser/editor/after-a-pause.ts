/** Puts off what is called again and again until nobody has called it for a while. */
export function afterAPause(ms: number, run: () => void): { soon: () => void; now: () => void } {
  let timer: number | undefined;
  const now = (): void => {
    clearTimeout(timer);
    run();
  };
  return {
    soon() {
      clearTimeout(timer);
      timer = window.setTimeout(run, ms);
    },
    now,
  };
}
