import { NONCE, secureHeaders } from "hono/secure-headers";
import { admin } from "./create-admin.ts";

/**
 * What a page may do in a browser: run the console's own scripts and styles and talk to the Worker, and
 * nothing else. The nonce is for the styles that the editor puts in by itself.
 */
const pageOnly = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", NONCE],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // "no-referrer" would have browsers leave out who sends a form.
  referrerPolicy: "same-origin",
  xFrameOptions: "DENY",
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
});

/** The headers of every page; nobody keeps what it shows, and a page knows what is not ours by one of them. */
export const pageHeaders = admin.createMiddleware(async function pageHeaders(c, next) {
  const answered = await pageOnly(c, next);
  c.header("cache-control", "no-store");
  c.header("causeway-console", "1");
  return answered;
});
