import type { Page } from "playwright-core";
import type { FurnishedWorld } from "./furnished-world.ts";
import { signIn } from "./visit-console.ts";
import { writeOver, yamlEditor } from "./write-yaml.ts";

/** How one gets to a page: by its address, or by doing something. */
export type Way = string | ((page: Page) => Promise<void>);

/** Ways by the names of the pages that they lead to. */
type Ways = Record<string, Way>;

/** Goes there. What loads after the page is not waited for. */
export async function goTo(page: Page, way: Way): Promise<void> {
  if (typeof way === "string") await page.goto(way);
  else await way(page);
}

/** Every page of the console, each where there is something to see, by who looks at it. */
export function pagesOf(world: FurnishedWorld): Record<"editor" | "viewer" | "stranger", Ways> {
  return { editor: editorsPages(world), viewer: viewersPages(world), stranger: signedOut(world) };
}

const REQUESTS = "mapping/gitlab/gitlab-com/support/internal-requests";
const WORKFLOW = "destination/support-gitlab-com";
const CHANNEL = "C0000000001";
/** A page of the console that is there at once: the one that is not there. */
const SMALL = "/admin/nowhere";

function editorsPages(world: FurnishedWorld): Ways {
  return {
    overview: "/admin",
    ...ofEvents(world),
    ...ofFailed(),
    ...ofMappings(),
    ...ofDestinations(),
    ...ofEditor(world),
    ...ofReactions(),
    ...ofPeople(),
    hooks: "/admin/hooks",
    "hooks-not-enabled": post("/admin/hooks/enable", {
      owner: "project",
      path: "a/b",
      hook: "99",
      back: "/admin/hooks",
    }),
    ...ofPlayground(),
    ...ofHistory(world),
    api: "/admin/api-reference",
    "not-found": "/admin/nowhere",
    "form-lost": "/admin/rules/switch",
    ...ofNewInstallation(world),
  };
}

function ofEvents({ events }: FurnishedWorld): Ways {
  const replay = (id: string) => `/admin/events/${id}/replay`;
  return {
    events: "/admin/events",
    "events-found": "/admin/events?state=failed",
    "events-none": "/admin/events?q=there-is-no-such-event",
    event: `/admin/events/${events.delivered}`,
    "event-payload": async (page) => {
      await page.goto(`/admin/events/${events.delivered}`);
      await page.getByText("Show it", { exact: true }).click();
    },
    "event-not-posted": `/admin/events/${events.filtered}`,
    "event-waiting": `/admin/events/${events.waiting}`,
    "event-failed": `/admin/events/${events.failed}`,
    "event-confidential": `/admin/events/${events.confidential}`,
    "event-of-slack": `/admin/events/${events.reaction}`,
    "event-gone": "/admin/events/there-is-no-such-event",
    replay: replay(events.delivered),
    "replay-nothing": replay(events.filtered),
    "replay-confidential": replay(events.confidential),
    "replay-of-slack": replay(events.reaction),
    "replayed-again": replayed(replay(events.replayed), "As it was", "Send these again"),
    "replayed-today": replayed(
      replay(events.replayed),
      "With today's rules",
      "Send what is ticked",
    ),
    "replayed-test": replayed(
      `${replay(events.replayed)}?test=self-managed`,
      "To a test channel",
      "Send the test",
    ),
    "replay-without-destination": post(replay(events.delivered), { how: "test" }),
  };
}

function ofFailed(): Ways {
  return {
    failed: "/admin/failed",
    "failed-shown": async (page) => {
      await page.goto("/admin/failed");
      for (const link of await page.getByRole("link", { name: /that failed/ }).all())
        await link.click();
      await page.locator(".one-by-one:not(:empty)").nth(2).waitFor();
    },
    "failed-one-by-one": async (page) => {
      await page.goto("/admin/failed");
      const link = page.getByRole("link", { name: /that failed/ }).last();
      await page.goto((await link.getAttribute("href")) ?? "");
    },
    "failed-not-retried": post("/admin/failed/retry", {
      id: "there-is-no-such-delivery.1",
      back: "/admin/failed",
    }),
    "retry-run": async (page) => {
      await post("/admin/failed/retry", { cause: "is_archived" })(page);
      // They fail again at once.
      await page.getByText("failed again").waitFor();
    },
    "retry-run-of-nothing": post("/admin/failed/retry", { destination: "escalations" }),
  };
}

function ofMappings(): Ways {
  return {
    mappings: "/admin/mappings",
    "mappings-none": "/admin/mappings?q=there-is-no-such-rule",
    "mappings-conflict": post("/admin/rules/switch", {
      mapping: REQUESTS,
      rule: "New licensing request",
      etag: "of-before",
      on: "false",
    }),
  };
}

function ofDestinations(): Ways {
  return {
    destinations: "/admin/destinations",
    "destinations-none": "/admin/destinations?q=there-is-no-such-destination",
    "destinations-checked": async (page) => {
      await page.goto("/admin/destinations");
      for (const name of ["escalations", "releases", "causeway-alerts"]) {
        await page.getByRole("link", { name: `Check ${name}` }).click();
      }
      await page.locator(".checked:not(:empty)").nth(2).waitFor();
    },
    "destinations-pausing": async (page) => {
      await page.goto("/admin/destinations?q=escalations");
      await page.locator(".pause > summary").first().click();
    },
    "destination-check": "/admin/destinations/releases/check",
    "destination-pause": "/admin/destinations/escalations/pause",
    "destination-pause-without-why": post("/admin/destinations/escalations/pause", { why: "" }),
    "destination-discard": "/admin/destinations/releases/discard",
    "destination-discard-nothing": "/admin/destinations/escalations/discard",
    "destination-unknown": "/admin/destinations/nowhere/pause",
  };
}

function ofEditor({ events, drafts }: FurnishedWorld): Ways {
  return {
    editor: documentAt(REQUESTS),
    "editor-of-destination": documentAt(WORKFLOW),
    "editor-of-slack": documentAt(`mapping/slack/${CHANNEL}`),
    "editor-of-person": documentAt("person/amina"),
    "editor-new": "/admin/documents?new=mapping",
    "editor-new-destination": "/admin/documents?new=destination",
    "editor-new-person": "/admin/documents?new=person",
    "editor-unbroken": documentAt("mapping/gitlab/gitlab_com/support_team/internal"),
    "editor-preview": async (page) => {
      await page.goto(`${documentAt(REQUESTS)}&event=${events.licensing}`);
      await page.locator("#preview article").first().waitFor();
    },
    "editor-mistake": async (page) => {
      await openEditor(page);
      await writeOver(page, "name: New licensing", "- nam: New licensing request");
      await page.locator("#problems li", { hasText: "nam of rule 1" }).waitFor();
    },
    "editor-kept-draft": async (page) => {
      await openEditor(page);
      await writeOver(page, "name: New licensing", "- name: Licensing, every one of them");
      await page.keyboard.press("Control+s");
      await page.reload();
      await page.getByRole("button", { name: "Take it up again" }).waitFor();
    },
    "editor-what-changes": async (page) => {
      await openEditor(page);
      await writeOver(page, "name: New licensing", "- name: Licensing, every one of them");
      await page.getByText("No mistakes found.").waitFor();
      await page.getByRole("button", { name: "See what changes" }).click();
      await page.getByRole("heading", { name: "With the events that came" }).waitFor();
    },
    "editor-refused": post("/admin/documents", {
      ...drafts.both,
      text: JSON.stringify({ rules: [{ nam: "Opened", on: "issue.open", to: "nowhere" }] }),
    }),
    "editor-on-top": post("/admin/documents", { ...drafts.both, act: "edit" }),
    conflict: post("/admin/documents", drafts.both),
    "conflict-of-one-place": post("/admin/documents", drafts.clashing),
    "conflict-wrong-together": post("/admin/documents", drafts.wrong),
    "document-unknown": documentAt("mapping/gitlab/nowhere"),
    delete: `/admin/documents/delete?key=${encodeURIComponent(WORKFLOW)}`,
    "delete-unsure": post("/admin/documents/delete", { key: "destination/escalations" }),
    "delete-nothing": "/admin/documents/delete?key=destination/nowhere",
  };
}

function ofReactions(): Ways {
  const channel = `/admin/reactions?channel=${CHANNEL}`;
  const cell = (emoji: string) => `${channel}&emoji=${emoji}`;
  return {
    reactions: "/admin/reactions",
    "reactions-none": "/admin/reactions?q=there-is-no-such-answer",
    "reactions-cell": async (page) => {
      await page.goto(channel);
      await page.locator(".answer a:visible").first().click();
      await page.locator(".cell .editor").waitFor();
    },
    "reactions-cell-in-matrix": async (page) => {
      await page.goto("/admin/reactions");
      // A narrow screen has a page for each channel instead.
      if (await page.locator(".matrix").isHidden()) return;
      await page.locator(".answer a:visible").first().click();
      await page.locator(".cell .editor").waitFor();
    },
    "reactions-channel": channel,
    "reaction-edited": cell("escalate"),
    "reaction-new": cell("wave"),
    "reaction-only-in-editor": cell("ticket"),
    "reaction-preview": post("/admin/try/preview-reaction", {
      channel: CHANNEL,
      on: "reaction.wave",
      to: "thread",
      name: "Hello",
      text: "{{ event.author | mention }}, hello back!",
    }),
    "reaction-refused": post("/admin/reactions", {
      channel: CHANNEL,
      on: "reaction.wave",
      to: "thread",
      name: "Hello",
      text: "{{ event.author | mention",
    }),
    "reaction-conflict": post("/admin/reactions", {
      channel: CHANNEL,
      on: "reaction.escalate",
      rule: "How to escalate a GitLab.com ticket",
      version: "of-before",
      text: "Ask in the ticket.",
    }),
  };
}

function ofPeople(): Ways {
  return {
    people: "/admin/people",
    "people-none": "/admin/people?q=there-is-no-such-person",
    "people-add": "/admin/people?add=dora",
    "people-edit": "/admin/people?edit=amina",
    "people-edit-in-place": async (page) => {
      await page.goto("/admin/people");
      await page.getByRole("link", { name: "Change amina" }).click();
      await page.getByRole("button", { name: "Publish" }).waitFor();
    },
    "people-which-member": post("/admin/people", { username: "dora", slack: "Amina Diallo" }),
    "people-shared": post("/admin/people", { username: "dora", slack: "U0000000001" }),
    "people-unknown-member": post("/admin/people", { username: "dora", slack: "Nobody at all" }),
    "people-missing": "/admin/people/missing",
    "people-in-slack": "/admin/people/in-slack",
  };
}

function ofPlayground(): Ways {
  return {
    playground: "/admin/playground",
    "playground-result": async (page) => {
      await page.goto("/admin/playground");
      await page.getByLabel("Event", { exact: true }).selectOption("Issue opened");
      await page.locator("#preview article").waitFor();
    },
    "playground-mistake": async (page) => {
      await page.goto("/admin/playground");
      await writeOver(page, "on: issue.open", "onn: issue.open");
      await page.locator("#problems li", { hasText: "onn" }).waitFor();
    },
    "playground-paste": async (page) => {
      await page.goto("/admin/playground");
      await page.getByLabel("Event", { exact: true }).selectOption("paste");
      await page.locator("#payload").fill("not JSON");
      await page.getByText("The payload is not a JSON object").waitFor();
    },
  };
}

function ofHistory({ publishes }: FurnishedWorld): Ways {
  return {
    history: "/admin/history",
    "history-of-one": `/admin/history?key=${encodeURIComponent(WORKFLOW)}`,
    "history-none": "/admin/history?key=destination/nowhere",
    publish: `/admin/history/${publishes.latest}`,
    rollback: `/admin/history/${publishes.latest}/rollback`,
    "rollback-changed-since": `/admin/history/${publishes.changedSince}/rollback`,
    "rollback-refused": post(`/admin/history/${publishes.latest}/rollback`, {}),
  };
}

/** What somebody sees who has just deployed Causeway. */
function ofNewInstallation({ fresh }: FurnishedWorld): Ways {
  const names = ["", "events", "failed", "mappings", "destinations", "reactions", "people"];
  return Object.fromEntries(
    [...names, "hooks", "playground", "history"].map((name) => [
      `new-${name === "" ? "overview" : name}`,
      `${fresh.url}/admin${name === "" ? "" : `/${name}`}`,
    ]),
  );
}

function viewersPages({ events, publishes, drafts }: FurnishedWorld): Ways {
  return {
    "viewer-overview": "/admin",
    "viewer-event": `/admin/events/${events.delivered}`,
    "viewer-replay": `/admin/events/${events.delivered}/replay`,
    "viewer-failed": "/admin/failed",
    "viewer-mappings": "/admin/mappings",
    "viewer-destinations": "/admin/destinations",
    "viewer-pause": "/admin/destinations/escalations/pause",
    "viewer-editor": documentAt(REQUESTS),
    "viewer-delete": `/admin/documents/delete?key=${encodeURIComponent(WORKFLOW)}`,
    "viewer-reactions": "/admin/reactions",
    "viewer-reaction": `/admin/reactions?channel=${CHANNEL}&emoji=escalate`,
    "viewer-reaction-none": `/admin/reactions?channel=${CHANNEL}&emoji=wave`,
    "viewer-people": "/admin/people",
    "viewer-hooks": "/admin/hooks",
    "viewer-publish": `/admin/history/${publishes.latest}`,
    "viewer-rollback": `/admin/history/${publishes.latest}/rollback`,
    "viewer-refused": post("/admin/documents", drafts.both),
    "viewer-signs-in-anew": "/admin/sign-in?again",
  };
}

function signedOut({ url, drafts }: FurnishedWorld): Ways {
  return {
    "sign-in": "/admin/sign-in",
    "sign-in-wrong": async (page) => {
      await page.goto("/admin/sign-in");
      await signIn(page, "Amina Okafor", "not-the-token");
      await page.getByText(/^This is not the token/).waitFor();
    },
    "session-ended": post("/admin/documents", drafts.both),
    // Another name of this machine is no localhost: the token would go over the network.
    closed: url.replace("127.0.0.1", "causeway.localhost") + "/admin",
    "sent-by-another-site": async (page) => {
      await page.goto("about:blank");
      await send(page, `${url}/admin/documents`, drafts.both);
    },
  };
}

function documentAt(key: string): string {
  return `/admin/documents?${new URLSearchParams({ key }).toString()}`;
}

/** Opens the editor as somebody finds it who has written nothing in this tab. */
async function openEditor(page: Page): Promise<void> {
  await page.goto(SMALL);
  await page.evaluate("sessionStorage.clear()");
  await page.goto(documentAt(REQUESTS));
  await yamlEditor(page).waitFor();
}

/** What came of a replay, pressed in one of the three forms. */
function replayed(path: string, section: string, button: string): Way {
  return async (page) => {
    await page.goto(path);
    const form = page.getByRole("region", { name: section });
    await form.getByRole("button", { name: button }).click();
    await page.getByRole("region", { name: "Why, or why not" }).waitFor();
  };
}

/** What is answered to a form, sent from a page of the console. */
function post(path: string, fields: Record<string, string>): (page: Page) => Promise<void> {
  return async (page) => {
    await page.goto(SMALL);
    await send(page, path, fields);
  };
}

/** Sends a form from the page that is open, and waits for the page that answers. */
async function send(page: Page, path: string, fields: Record<string, string>): Promise<void> {
  await page.evaluate(`{
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: ${JSON.stringify(path)} });
    for (const [name, value] of Object.entries(${JSON.stringify(fields)})) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(form);
    document.documentElement.setAttribute("data-of-before", "");
    form.submit();
  }`);
  await page.locator("html:not([data-of-before])").waitFor({ state: "attached" });
  await page.waitForLoadState();
}
