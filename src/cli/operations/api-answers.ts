import type { FailureItem } from "../../operations/failures/failure-item.ts";

/** The answer of `GET /failures`; not complete: there are more than were looked at. */
export type Failures = { items: FailureItem[]; complete: boolean };
