import { destinationKey } from "../../src/mappings/destination-key.ts";
import * as z from "zod/mini";
import { checkDestination } from "../../src/checks/check-destination.ts";
import { DestinationChecked } from "../../src/console/destinations/destination-checked.tsx";
import {
  DestinationsPage,
  destinationsAt,
} from "../../src/console/destinations/destinations-page.tsx";
import { destinationsEverywhere } from "../../src/operations/destinations/destinations-everywhere.ts";
import { presentTexts } from "../../src/relay/present-texts.ts";
import { createAdmin } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { isHtmx } from "./is-htmx.ts";
import { show } from "./show.tsx";

const DESTINATIONS_A_PAGE = 100;

const Asked = z.object({
  q: z.catch(z.string().check(z.maxLength(200)), ""),
  name: z.catch(z.string().check(z.maxLength(512)), ""),
  after: z.catch(z.string().check(z.maxLength(512)), ""),
});

/** `/admin/destinations`: where messages go, how that is, and a look at one of them. */
export const destinations = createAdmin()
  .get("/destinations", async (c) => {
    const asked = Asked.parse(c.req.query());
    const now = Date.now();
    const known = await destinationsEverywhere(c.env, asked, DESTINATIONS_A_PAGE, now);
    return await show(
      c,
      {
        title: "Destinations",
        about: "Where messages go, and whether they can.",
        place: "destinations",
      },
      <DestinationsPage
        {...known}
        {...{ asked, now }}
        back={destinationsAt(asked)}
        mayChange={isEditor(c)}
      />,
    );
  })
  .get("/destinations/:name/check", async (c) => {
    const name = c.req.param("name");
    const key = destinationKey(name);
    const texts = await presentTexts(c.env, [key]);
    if (texts === null) return c.text("KV could not be read. Try again.", 503);
    const check = await checkDestination(c.env, name, texts.get(key) ?? null);
    const checked = <DestinationChecked name={name} check={check} />;
    if (isHtmx(c)) return await c.html(checked);
    return await show(
      c,
      { title: `Destination ${name}`, place: "destinations" },
      <section class="card">
        {checked}
        <p>
          <a href={destinationsAt({ name })}>Back to the destinations</a>
        </p>
      </section>,
    );
  });
