import type { Overview } from "../../operations/overview/overview.ts";
import { counted } from "../../words/counted.ts";

/** Whether everything is well, in one sentence. */
export function howItIs({ needs: { urgent }, lastEventAt }: Overview): string {
  if (urgent.length > 0) {
    return `${counted(urgent.length, "thing needs", "things need")} you.`;
  }
  return lastEventAt === null ? "Causeway is ready. Nothing has come yet." : "Everything is well.";
}
