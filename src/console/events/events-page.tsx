import { EventsFilters } from "./events-filters.tsx";
import { EventsList, type EventsListProps } from "./events-list.tsx";

type EventsPageProps = EventsListProps & {
  /** Names of the destinations that there are. */
  destinations: string[];
};

/** What was received, and what became of it. */
export function EventsPage({ destinations, ...list }: EventsPageProps) {
  return (
    <>
      <EventsFilters asked={list.asked} destinations={destinations} />
      <div id="newer" class="newer" role="status" />
      <EventsList {...list} />
    </>
  );
}
