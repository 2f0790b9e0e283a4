/** `POST` how many ms the Worker's clock is to be ahead of the machine's; below 0: behind. */
export const CLOCK_PATH = "/campaign/clock";
