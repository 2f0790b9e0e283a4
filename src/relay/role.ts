/** All that a delivery may be made for. */
export const ROLES = ["rule", "replay", "alert", "test"] as const;

/** Why the delivery is made. Alerts and tests belong to an event but do not decide its state. */
export type Role = (typeof ROLES)[number];
