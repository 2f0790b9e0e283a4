import htmx from "htmx.org";
import { forgetDrafts } from "./page/forget-drafts.ts";
import { keepTime } from "./page/keep-time.ts";
import { lookAgain } from "./page/look-again.ts";
import { sayFailures } from "./page/say-failures.ts";
import { sendOnce } from "./page/send-once.ts";
import { showPlace } from "./page/show-place.ts";
import { watchTyping } from "./page/has-typed.ts";

// Pages bring no script of their own, and nothing is fetched from elsewhere.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  // What was refused is said where it was asked.
  responseHandling: [
    { code: "204", swap: false },
    { code: "...", swap: true },
  ],
});

showPlace();
watchTyping();
sayFailures();
lookAgain();
keepTime();
sendOnce();
forgetDrafts();
