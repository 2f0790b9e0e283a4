import type { Failure } from "../../relay/failures.ts";

/** A {@link Failure} for programs; times are ISO 8601. */
export type FailureItem = Omit<Failure, "oldest" | "newest"> & { oldest: string; newest: string };

/** Makes one of a failure. */
export function failureItem({ oldest, newest, ...failure }: Failure): FailureItem {
  return {
    ...failure,
    oldest: new Date(oldest).toISOString(),
    newest: new Date(newest).toISOString(),
  };
}
