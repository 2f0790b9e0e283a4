import { ApiReferencePage } from "../../src/console/api-reference/api-reference-page.tsx";
import { API_DOCUMENT } from "../api/openapi/api-document.ts";
import { createAdmin } from "./create-admin.ts";
import { show } from "./show.tsx";

const SOURCE = "/admin/api-reference/openapi.json";

/** `/admin/api-reference`: the description of `/admin/api`, for people and, as it is, for programs. */
export const apiReference = createAdmin()
  .get("/api-reference", (c) =>
    show(
      c,
      {
        title: "API",
        about: "What programs and the command line can ask, at /admin/api.",
        place: "api",
      },
      <ApiReferencePage api={API_DOCUMENT} source={SOURCE} />,
    ),
  )
  .get("/api-reference/openapi.json", (c) => c.json(API_DOCUMENT));
