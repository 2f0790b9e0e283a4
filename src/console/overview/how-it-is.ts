import type { Overview } from "../../operations/overview/overview.ts";
import { counted } from "../../words/counted.ts";

/**
 * Whether everything is well, in one sentence. `disabledHooks`: how many webhooks GitLab does not send to,
 * as far as it has said so yet; together they are one thing.
 */
export function howItIs({ needs, lastEventAt }: Overview, disabledHooks: number): string {
  const things = needs.urgent.length + (disabledHooks > 0 ? 1 : 0);
  if (things > 0) return `${counted(things, "thing needs", "things need")} you.`;
  return lastEventAt === null ? "Causeway is ready. Nothing has come yet." : "Everything is well.";
}
