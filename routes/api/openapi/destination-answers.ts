import * as z from "zod/mini";
import { Moment } from "./shapes.ts";

const Namespace = z.string().check(z.meta({ examples: ["gitlab-com"] }));

/** What `POST /destinations/:name/pause` answers. */
export const PausedAnswer = z.strictObject({
  destination: z.string(),
  by: z.string(),
  why: z.string(),
  since: Moment,
  namespaces: z.array(Namespace).check(z.describe("Those that know, and send nothing there.")),
});
export type PausedAnswer = z.infer<typeof PausedAnswer>;

/** What `POST /destinations/:name/resume` answers. */
export const ResumedAnswer = z.strictObject({
  destination: z.string(),
  by: z.string(),
  wasPaused: z.boolean(),
  namespaces: z.array(
    z.strictObject({
      namespace: Namespace,
      result: z
        .enum(["resumed", "tried", "not_paused"])
        .check(z.describe("`tried`: Slack had stopped it, and it is tried at once.")),
    }),
  ),
});
export type ResumedAnswer = z.infer<typeof ResumedAnswer>;

/** What `POST /destinations/:name/discard` answers. */
export const DiscardedAnswer = z.strictObject({
  destination: z.string(),
  discarded: z.int(),
  more: z.boolean().check(z.describe("More wait: ask again.")),
});
export type DiscardedAnswer = z.infer<typeof DiscardedAnswer>;
