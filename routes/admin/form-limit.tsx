import { bodyLimit } from "hono/body-limit";
import { Notice } from "../../src/console/notice.tsx";
import { isHtmx } from "./is-htmx.ts";

/** A form percent-encodes: three bytes for one, of a payload and a document of 1 MB each. */
const MAX_FORM_BYTES = 8_000_000;
const SAID =
  "This is more than a form of the console may hold: at most 1 MB of payload or document.";

/** Reads no more of a form than the largest one has. */
export const formLimit = bodyLimit({
  maxSize: MAX_FORM_BYTES,
  onError: (c) =>
    isHtmx(c) ? c.html(<Notice said={{ kind: "bad", text: SAID }} />, 413) : c.text(SAID, 413),
});
