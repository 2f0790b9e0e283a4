import type { Need } from "../../operations/overview/overview-needs.ts";
import { NeedCard } from "./need-card.tsx";
import type { OverviewProps } from "./overview-page.tsx";

/** What needs somebody, each with its fix and the button for it; then what is good to know. */
export function NeedList(props: OverviewProps) {
  const { urgent, notes } = props.overview.needs;
  return (
    <>
      <List title="What needs you" isSaid needs={urgent} {...props} />
      <List title="Good to know" isSaid={false} needs={notes} {...props} />
    </>
  );
}

/** `isSaid`: the page has said its title in other words before. */
function List(props: OverviewProps & { title: string; isSaid: boolean; needs: Need[] }) {
  const { title, isSaid, needs, ...common } = props;
  if (needs.length === 0) return null;
  return (
    <>
      <h2 class={isSaid ? "unseen" : ""}>{title}</h2>
      <ul class="needs" aria-label={title}>
        {needs.map((need) => (
          <li class="card">
            <NeedCard need={need} {...common} />
          </li>
        ))}
      </ul>
    </>
  );
}
