import type { FurnishedWorld } from "./furnished-world.ts";

/** Every page of the console by name, each where there is something to see. */
export function pagesOf({ events }: FurnishedWorld): Record<string, string> {
  const key = encodeURIComponent("mapping/gitlab/gitlab-com/support/internal-requests");
  return {
    overview: "/admin",
    events: "/admin/events",
    "events-found": "/admin/events?state=failed",
    event: `/admin/events/${events.delivered}`,
    "event-not-posted": `/admin/events/${events.filtered}`,
    "event-waiting": `/admin/events/${events.waiting}`,
    failed: "/admin/failed",
    mappings: "/admin/mappings",
    "mappings-none": "/admin/mappings?q=there-is-no-such-rule",
    destinations: "/admin/destinations",
    editor: `/admin/documents?key=${key}`,
    "editor-new": "/admin/documents?new=mapping",
    "editor-unbroken": "/admin/documents?key=mapping/gitlab/gitlab_com/support_team/internal",
    reactions: "/admin/reactions",
    people: "/admin/people",
    hooks: "/admin/hooks",
    playground: "/admin/playground",
    history: "/admin/history",
    api: "/admin/api-reference",
    "not-found": "/admin/nowhere",
  };
}
