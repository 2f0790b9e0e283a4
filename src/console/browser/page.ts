import htmx from "htmx.org";
import { keepWhereOneIs } from "./page/keep-where-one-is.ts";
import { sayFailures } from "./page/say-failures.ts";

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

keepWhereOneIs();
sayFailures();
