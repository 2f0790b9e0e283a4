import { DESTINATIONS } from "../../mappings/destination-key.ts";
import type { Env } from "../../env.ts";
import { destinationView, type DestinationView } from "./destination-view.ts";
import { readPublished, type Published, type Readings } from "../publishing/read-published.ts";

const readings: Readings<DestinationView> = new Map();

/** The published destinations as people see them, with who published them when. */
export async function publishedDestinations(env: Env): Promise<Published<DestinationView>> {
  return await readPublished(env, [DESTINATIONS], readings, destinationView);
}

/** The published destinations as people see them, by name. */
export async function destinationViews(env: Env): Promise<DestinationView[]> {
  const { items } = await publishedDestinations(env);
  return items.map(({ reading }) => reading);
}

/** Those of them that a test may go to: channels, and webhooks, of which each is one. */
export function testChannels(views: DestinationView[], confidential: boolean): string[] {
  return views.flatMap(({ name, shown }) =>
    shown !== null && shown.type !== "workflow" && (shown.confidential || !confidential)
      ? [name]
      : [],
  );
}
