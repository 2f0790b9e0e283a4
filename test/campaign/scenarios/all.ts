import type { Scenario } from "../scenario.ts";
import { kvBad, kvStale } from "./kv/edits.ts";
import { kvHangs, kvSlow, kvUnreadable } from "./kv/unusable.ts";
import { burst } from "./load/burst.ts";
import { manyProjectsScenario } from "./load/many-projects.ts";
import { steady } from "./load/steady.ts";
import { clockJumps } from "./process/clock-jumps.ts";
import { deploy } from "./process/deploy.ts";
import { diskFull } from "./process/disk-full.ts";
import { killInCommit, killInSend, kills } from "./process/kills.ts";
import { large } from "./requests/large.ts";
import { resent } from "./requests/resent.ts";
import { archived, archivedAndRetried } from "./slack/archived.ts";
import { down } from "./slack/down.ts";
import { cuts, hangs, lostAnswers } from "./slack/no-answers.ts";
import { rateLimited, rateLimitedSilently } from "./slack/rate-limited.ts";
import { serverErrors } from "./slack/server-errors.ts";
import { slow150, slow2s } from "./slack/slow.ts";

/** Every scenario, in the order in which results are shown. */
export const SCENARIOS: Scenario[] = [
  steady,
  burst,
  manyProjectsScenario,
  slow150,
  slow2s,
  rateLimited,
  rateLimitedSilently,
  serverErrors,
  hangs,
  cuts,
  lostAnswers,
  down,
  archived,
  archivedAndRetried,
  kvUnreadable,
  kvSlow,
  kvHangs,
  kvStale,
  kvBad,
  kills,
  killInCommit,
  killInSend,
  deploy,
  clockJumps,
  diskFull,
  resent,
  large,
];
