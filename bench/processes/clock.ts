/** Microseconds of the machine's monotonic clock: the same for all processes of one machine. */
export function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
