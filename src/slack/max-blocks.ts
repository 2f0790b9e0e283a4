/** Slack takes so many blocks in a message. */
export const MAX_BLOCKS = 50;
