import { own } from "../../json.ts";
import { spoken } from "./spoken.ts";

/** How a pipeline or job stands, in words and with a sign where it went well or badly. */
export type Outcome = { said: string; sign: string | null };

const OUTCOMES: Record<string, Outcome> = {
  success: { said: "passed", sign: "white_check_mark" },
  failed: { said: "failed", sign: "x" },
  canceled: { said: "was canceled", sign: null },
  skipped: { said: "was skipped", sign: null },
  created: { said: "was created", sign: null },
  manual: { said: "waits to be started by hand", sign: null },
  waiting_for_resource: { said: "waits for a resource", sign: null },
};

/** The outcome that a status of GitLab's stands for. */
export function outcomeOf(status: string): Outcome {
  return own(OUTCOMES, status) ?? { said: `is ${spoken(status)}`, sign: null };
}
