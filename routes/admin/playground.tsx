import { startingText } from "../../src/console/editor/starting-text.ts";
import { PlaygroundPage } from "../../src/console/playground/playground-page.tsx";
import { destinationToTell } from "../../src/operations/destinations/destination-to-tell.ts";
import { publishedTexts } from "../../src/operations/publishing/published-texts.ts";
import { createAdmin } from "./create-admin.ts";
import { show } from "./show.tsx";

/** Rules that are tried on an event, and never published. */
export const playground = createAdmin().get("/playground", async (c) => {
  const { items } = await publishedTexts(c.env);
  const to = destinationToTell(items, []);
  return show(
    c,
    {
      title: "Playground",
      about:
        "Choose a sample or paste a payload, change the rule, and see what it would post. Nothing is sent, stored or published.",
      place: "playground",
      scripts: ["editor"],
    },
    <PlaygroundPage
      gitlab={startingText("mapping", "mapping/gitlab/*", to)}
      slack={startingText("mapping", "mapping/slack/*", to)}
    />,
  );
});
