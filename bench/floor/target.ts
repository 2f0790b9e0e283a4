import type { Bundle } from "../build/bundle-worker.ts";
import type { Target } from "../build/workerd-config.ts";

import { SECRET_TOKEN } from "../load/credentials.ts";

/** The durable floor with the sink as its Slack. */
export function floorTarget(bundle: Bundle, sinkPort: number): Target {
  return {
    bundle,
    texts: {
      TOKEN: SECRET_TOKEN,
      SLACK_URL: `http://127.0.0.1:${sinkPort}/services/T0/B0/F0`,
    },
    durableObject: { binding: "FLOOR", className: "Floor" },
  };
}
