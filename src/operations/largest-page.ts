/** So many events, deliveries or publishes one call lists at most. */
export const LARGEST_PAGE = 200;
