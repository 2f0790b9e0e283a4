import { CHANNEL_ID } from "../../mappings/schema.ts";
import type { ReactionMatrix } from "./reaction-matrix.ts";

/** The ids of the channels of a matrix. */
export function channelsIn({ rows, unusable }: ReactionMatrix): string[] {
  return [...rows, ...unusable].flatMap(({ channel }) =>
    CHANNEL_ID.test(channel) ? [channel] : [],
  );
}
