import { BACKTEST_OPERATIONS } from "./backtest-operations.ts";
import { CHECK_OPERATIONS } from "./check-operations.ts";
import { DELIVERY_OPERATIONS } from "./delivery-operations.ts";
import { DESCRIPTION_OPERATIONS } from "./description-operations.ts";
import { DESTINATION_OPERATIONS } from "./destination-operations.ts";
import { DOCUMENT_OPERATIONS } from "./document-operations.ts";
import { EVENT_OPERATIONS } from "./event-operations.ts";
import { HOOK_OPERATIONS } from "./hook-operations.ts";
import { LEDGER_OPERATIONS } from "./ledger-operations.ts";
import type { Operation } from "./operation.ts";
import { PEOPLE_OPERATIONS } from "./people-operations.ts";

/** Each way to ask `/admin/api`. */
export const OPERATIONS: Operation[] = [
  ...EVENT_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...LEDGER_OPERATIONS,
  ...DESTINATION_OPERATIONS,
  ...DOCUMENT_OPERATIONS,
  ...BACKTEST_OPERATIONS,
  ...CHECK_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...HOOK_OPERATIONS,
  ...DESCRIPTION_OPERATIONS,
];
