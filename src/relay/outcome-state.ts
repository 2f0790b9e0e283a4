/** Every state that a delivery may be in. */
export const DELIVERY_STATES = ["pending", "delivered", "failed", "filtered", "shadow"] as const;

/** The same with that of an event that could not be read, and has none. */
export const OUTCOME_STATES = [...DELIVERY_STATES, "unreadable"] as const;

/**
 * What a delivery is doing, or why there is none:
 * pending → delivered | failed; filtered, shadow and unreadable are ends from the start.
 */
export type OutcomeState = (typeof OUTCOME_STATES)[number];
