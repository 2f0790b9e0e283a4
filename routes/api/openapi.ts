import { http } from "../http.ts";

/** The description of this API, for programs. */
export const openapi = http.createApp().get("/", async (c) => {
  const { API_DOCUMENT } = await import("./openapi/api-document.ts");
  return c.json(API_DOCUMENT);
});
