import type { ApiDocument } from "../../../src/console/api-reference/api-document.ts";
import { describeOperation, templateOf } from "./describe-operation.ts";
import { jsonSchemas } from "./json-schemas.ts";
import { TAGS, type Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

const ABOUT = `What the command line and other programs ask. Lists are read page by page: pass \`next\` as \`cursor\` until it is null.

Refusals are \`{"error":{"code","message","path"?}}\`: a code for programs, a sentence for people. Every operation may also answer 500 \`internal\`, a mistake of Causeway's, and 503 \`refused\`, a body that broke off.`;

/** The description of all of `/admin/api`. */
export const API_DOCUMENT: ApiDocument = documentOf(OPERATIONS);

function documentOf(operations: Operation[]): ApiDocument {
  const schemas = jsonSchemas();
  const paths: ApiDocument["paths"] = {};
  for (const operation of operations) {
    const path = templateOf(operation.path);
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: describeOperation(operation, schemas),
    };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Causeway",
      version: "1",
      summary: "GitLab's events, the messages in Slack that came of them, and the rules.",
      description: ABOUT,
    },
    servers: [{ url: "/admin/api", description: "The Worker that says this." }],
    security: [{ token: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas.named].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "`ADMIN_TOKEN` may do everything. `VIEWER_TOKEN` is enough where an operation says `x-viewer: true`.",
        },
      },
    },
  };
}
