import { inAddress } from "../in-address.ts";

/** Asks Slack for a destination that was published: by itself while that is news, later when somebody asks. */
export function DestinationLook(props: { name: string; place: string; isNew: boolean }) {
  const { name, place, isNew } = props;
  const at = `/admin/destinations/${inAddress(name)}/check`;
  return (
    <div class="stack">
      <p>
        <a
          class="button"
          href={at}
          hx-get={at}
          hx-target={`#${place}`}
          hx-trigger={isNew ? "load, click" : "click"}
        >
          Check {name}
        </a>
      </p>
      <div id={place} aria-live="polite" />
    </div>
  );
}
