import * as z from "zod/mini";
import type { Operation } from "./operation.ts";

/** What the API can be asked about itself. */
export const DESCRIPTION_OPERATIONS: Operation[] = [
  {
    method: "GET",
    path: "/openapi.json",
    id: "describe",
    tag: "This API",
    summary: "Read this description, OpenAPI 3.1.",
    answers: [
      {
        status: 200,
        about: "The document.",
        schema: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
      },
    ],
  },
];
