import type { Configuration } from "./world/configuration.ts";
import type { World } from "./world/world.ts";

/** The short campaign has every kind of fault once, small; the full one has everything at size. */
export type Size = "short" | "full";

/** One way in which things go wrong, and what is sent meanwhile. */
export type Scenario = {
  name: string;
  /** What it does, in one sentence, for people who read the results. */
  says: string;
  group: "load" | "slack" | "kv" | "process" | "requests";
  /** Without: both. */
  only?: Size;
  /** It waits more than it works, so others of the kind may run beside it. */
  waits?: true;
  /** Whether Slack may have taken a message whose answer was lost, which then comes twice. */
  mayDouble?: boolean;
  /** Answers other than 2xx that are right here; 0 is none. Without: every webhook is taken. */
  mayAnswer?: number[];
  /** How long nothing may move before what is missing counts as lost, in seconds; without: 100. */
  patienceSeconds?: number;
  /** Which build it starts with; without: the deployed one. */
  build?: "clocked";
  /** A disk of so many MiB. */
  diskMiB?: number;
  configuration: (size: Size) => Configuration;
  /** Sends webhooks and spoils things; it leaves everything mended. */
  story: (world: World) => Promise<void>;
};
