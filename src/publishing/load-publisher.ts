import type { Publisher } from "./publisher.ts";

let loaded: typeof Publisher | null = null;

/** {@link Publisher}, with the schemas that it brings along; loaded once, when somebody first publishes. */
export async function loadPublisher(): Promise<typeof Publisher> {
  loaded ??= (await import("./publisher.ts")).Publisher;
  return loaded;
}
