/** Every state that an event may be in. */
export const EVENT_STATES = ["pending", "delivered", "filtered", "failed", "unreadable"] as const;

/** What became of an event. */
export type EventState = (typeof EVENT_STATES)[number];
