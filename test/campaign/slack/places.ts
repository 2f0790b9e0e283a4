/** Where messages arrive at the stand-in: a channel of its own, with all three doors to it. */
export type Place = { channel: string; webhook: string; trigger: string };

/** The text of a workflow's step: the variable that carries the event's number. */
export const TRIGGER_TEMPLATE = "{{title}}";

/** The place of a number from 0. Its secrets are zeros. */
export function place(number: number): Place {
  const digits = String(number).padStart(9, "0");
  return {
    channel: `C1${digits}`,
    webhook: `/services/T0CAMPAIGN/B1${digits}/${digits.padStart(24, "0")}`,
    trigger: `/triggers/T0CAMPAIGN/41${digits}/${digits.padStart(32, "0")}`,
  };
}
