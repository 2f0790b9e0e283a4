import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";

/** The button that has GitLab send to a hook again. `back`: the page to come back to. */
export function EnableForm({ hook: { place, hook }, back }: { hook: PlacedHook; back: string }) {
  return (
    <form method="post" action="/admin/hooks/enable">
      <input type="hidden" name="owner" value={place.owner} />
      <input type="hidden" name="path" value={place.path} />
      <input type="hidden" name="hook" value={String(hook.id)} />
      <input type="hidden" name="back" value={back} />
      <button>
        Enable
        <span class="unseen">
          {" "}
          webhook {hook.id} of {place.path}
        </span>
      </button>
    </form>
  );
}
