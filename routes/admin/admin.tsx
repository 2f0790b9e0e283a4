import { csrf } from "hono/csrf";
import { trimTrailingSlash } from "hono/trailing-slash";
import { apiReference } from "./api-reference.tsx";
import { channelNames } from "./channel-names.tsx";
import { createAdmin } from "./create-admin.ts";
import { deletion } from "./deletion.tsx";
import { destinationChanges } from "./destination-changes.tsx";
import { destinations } from "./destinations.tsx";
import { events } from "./events.tsx";
import { failed } from "./failed.tsx";
import { documents } from "./documents.tsx";
import { formsOnly } from "./forms-only.ts";
import { formLimit } from "./form-limit.tsx";
import { history } from "./history.tsx";
import { hooks } from "./hooks.tsx";
import { mappings } from "./mappings.tsx";
import { noAddresses } from "./no-addresses.ts";
import { overview } from "./overview.tsx";
import { pageHeaders } from "./page-headers.ts";
import { publish } from "./publish.tsx";
import { peopleChanges } from "./people-changes.tsx";
import { people } from "./people.tsx";
import { reactionChanges } from "./reaction-changes.tsx";
import { reactions } from "./reactions.tsx";
import { playground } from "./playground.tsx";
import { ruleSwitch } from "./rule-switch.tsx";
import { mayChange, signedIn } from "./signed-in.ts";
import { signIn } from "./sign-in.tsx";
import { notFound, onError } from "./not-found.tsx";
import { tryBacktest } from "./try-backtest.tsx";
import { tryPreview } from "./try-preview.tsx";
import { wholeForm } from "./whole-form.ts";

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
  .use(trimTrailingSlash())
  .use(csrf())
  .use(noAddresses)
  .route("/", signIn)
  .use(signedIn)
  .use(mayChange)
  .use(formLimit)
  .use(wholeForm)
  .route("/", overview)
  .route("/", reactions)
  .route("/", channelNames)
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
  .route("/", ruleSwitch)
  .route("/", destinations)
  .route("/", destinationChanges)
  .route("/", failed)
  .route("/", hooks)
  .route("/", apiReference)
  .route("/", events)
  .route("/", formsOnly);
