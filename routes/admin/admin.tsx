import { csrf } from "hono/csrf";
import { createAdmin } from "./create-admin.ts";
import { deletion } from "./delete.tsx";
import { destinationActions } from "./destination-actions.tsx";
import { destinations } from "./destinations.tsx";
import { events } from "./events.tsx";
import { failed } from "./failed.tsx";
import { documents } from "./documents.tsx";
import { history } from "./history.tsx";
import { hooks } from "./hooks.tsx";
import { mappings } from "./mappings.tsx";
import { overview } from "./overview.tsx";
import { pageHeaders } from "./page-headers.ts";
import { publish } from "./publish.tsx";
import { peopleChanges } from "./people-changes.tsx";
import { people } from "./people.tsx";
import { reactionChanges } from "./reaction-changes.tsx";
import { reactions } from "./reactions.tsx";
import { playground } from "./playground.tsx";
import { rules } from "./rules.tsx";
import { mayChange, signedIn } from "./signed-in.ts";
import { signIn } from "./sign-in.tsx";
import { notFound, onError } from "./trouble.tsx";
import { tryBacktest } from "./try-backtest.tsx";
import { tryPreview } from "./try-preview.tsx";

/**
 * `/admin`: the console. Loaded when somebody first opens it: webhooks need nothing of it. What is sent
 * to it must come from its own pages, and from somebody who may change things; what is under
 * `/admin/try/` changes nothing, and is for all who look.
 */
export const admin = createAdmin()
  .basePath("/admin")
  .notFound(notFound)
  .onError(onError)
  .use(pageHeaders)
  .use(csrf())
  .route("/", signIn)
  .use(signedIn)
  .use(mayChange)
  .route("/", overview)
  .route("/", reactions)
  .route("/", reactionChanges)
  .route("/", people)
  .route("/", peopleChanges)
  .route("/", publish)
  .route("/", deletion)
  .route("/", tryBacktest)
  .route("/", history)
  .route("/", documents)
  .route("/", playground)
  .route("/", tryPreview)
  .route("/", mappings)
  .route("/", rules)
  .route("/", destinations)
  .route("/", destinationActions)
  .route("/", failed)
  .route("/", hooks)
  .route("/", events);
