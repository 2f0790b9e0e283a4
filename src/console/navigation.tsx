const PLACES = {
  overview: ["Overview", "/admin"],
  events: ["Events", "/admin/events"],
  failed: ["Failed", "/admin/failed"],
  mappings: ["Mappings", "/admin/mappings"],
  destinations: ["Destinations", "/admin/destinations"],
  reactions: ["Reactions", "/admin/reactions"],
  people: ["People", "/admin/people"],
  hooks: ["GitLab hooks", "/admin/hooks"],
  playground: ["Playground", "/admin/playground"],
  history: ["History", "/admin/history"],
  api: ["API", "/admin/api-reference"],
} as const;

/** A page that the navigation names. */
export type Place = keyof typeof PLACES;

/** The console's pages, with the one that one is at. */
export function Navigation({ place }: { place: Place | null }) {
  return (
    <nav aria-label="Pages">
      <ul>
        {Object.entries(PLACES).map(([name, [label, href]]) => (
          <li>
            <a href={href} {...(name === place ? { "aria-current": "page" } : {})}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
