/** So many deliveries one call retries that names them. */
export const MAX_IDS = 100;
