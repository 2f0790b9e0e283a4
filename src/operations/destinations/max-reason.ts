/** In so many characters somebody says why they pause a destination, or give up what waits for it. */
export const MAX_REASON = 500;
