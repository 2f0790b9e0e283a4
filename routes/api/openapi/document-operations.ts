import * as z from "zod/mini";
import { PublishBody } from "../../../src/publishing/publish-request.ts";
import { ChangeQuery } from "../change-query.ts";
import { DocumentsQuery, PublishesQuery } from "../page-query.ts";
import {
  Conflicts,
  DocumentAnswer,
  Mistakes,
  PublishedAnswer,
  PublishedInFullAnswer,
} from "./document-answers.ts";
import { BAD_QUERY, KV_UNREADABLE, type Operation, type Refusal } from "./operation.ts";
import { pageOf } from "./shapes.ts";

const key = z.string().check(
  z.meta({
    description: "The document's key. Its slashes may stand as they are.",
    examples: ["destination/support"],
  }),
);
const publishId = z
  .string()
  .check(z.meta({ description: "The publish's id, as the list says it.", examples: ["<id>"] }));

const ifMatch = z
  .string()
  .check(z.meta({ description: "The etag that the document has now.", examples: ['"<etag>"'] }));
const ifNoneMatch = z
  .string()
  .check(z.meta({ description: "`*`: there is no such document yet.", examples: ["*"] }));

const NO_PUBLISH: Refusal = { status: 404, code: "not_found", when: "there is no such publish" };
const NO_CONDITION: Refusal = {
  status: 428,
  code: "precondition_required",
  when: "the request does not say what it replaces",
};
const TOO_LARGE: Refusal = {
  status: 413,
  code: "too_large",
  when: "it is too large; publish it in parts",
};
const BAD_REQUEST: Refusal = {
  status: 400,
  code: "bad_request",
  when: "the publish cannot be read; `path` says where",
};
const publishing: Refusal[] = [
  BAD_REQUEST,
  {
    status: 412,
    code: "conflict",
    when: "somebody was faster: `conflicts` names the documents; read them again",
    more: { conflicts: Conflicts },
  },
  {
    status: 422,
    code: "invalid",
    when: "documents have mistakes: `problems` has the first hundred",
    more: { problems: Mistakes },
  },
  KV_UNREADABLE,
];

const inUse = "It is in use at once; `written` says how many of its documents KV has.";

/** What `/documents` and `/publishes` can be asked. */
export const DOCUMENT_OPERATIONS: Operation[] = [
  {
    method: "GET",
    path: "/documents",
    id: "listDocuments",
    tag: "Documents",
    summary: "List all documents with their texts, by key.",
    query: DocumentsQuery,
    answers: [{ status: 200, about: "A page of documents.", schema: pageOf(DocumentAnswer) }],
    refusals: [BAD_QUERY, KV_UNREADABLE],
    example: "?limit=500",
    verb: "causeway pull",
  },
  {
    method: "GET",
    path: "/documents/*",
    id: "readDocument",
    tag: "Documents",
    summary: "Read one document, with its etag.",
    about: "`VIEWER_TOKEN` reads those below `mapping/` and `person/`.",
    params: { key },
    answers: [{ status: 200, about: "The document.", schema: DocumentAnswer }],
    refusals: [
      { status: 404, code: "not_found", when: "there is no document of this key" },
      KV_UNREADABLE,
    ],
  },
  {
    method: "PUT",
    path: "/documents/*",
    id: "writeDocument",
    tag: "Documents",
    summary: "Publish one document: the body is its text.",
    about: "Send `If-Match` with its etag, or `If-None-Match: *` for a new one.",
    params: { key },
    query: ChangeQuery,
    headers: z.object({
      "If-Match": z.optional(ifMatch),
      "If-None-Match": z.optional(ifNoneMatch),
    }),
    body: {
      schema: z.looseObject({}),
      example: { type: "channel", channel: "C0123456789" },
      about: "The document, JSON of at most 1 MB.",
    },
    answers: [
      { status: 200, about: `The document was changed. ${inUse}`, schema: PublishedAnswer },
      { status: 201, about: `The document is new. ${inUse}`, schema: PublishedAnswer },
    ],
    refusals: [BAD_QUERY, ...publishing, TOO_LARGE, NO_CONDITION],
    example: "?by=amina&why=moved",
    verb: "causeway push",
  },
  {
    method: "DELETE",
    path: "/documents/*",
    id: "removeDocument",
    tag: "Documents",
    summary: "Remove one document.",
    params: { key },
    query: ChangeQuery,
    headers: z.object({ "If-Match": ifMatch }),
    answers: [{ status: 200, about: `It is gone. ${inUse}`, schema: PublishedAnswer }],
    refusals: [BAD_QUERY, ...publishing, NO_CONDITION],
    example: "?by=amina&why=moved",
    verb: "causeway push",
  },
  {
    method: "GET",
    path: "/publishes",
    id: "listPublishes",
    tag: "Documents",
    summary: "List who published what, when and why, newest first.",
    query: PublishesQuery,
    answers: [{ status: 200, about: "A page of publishes.", schema: pageOf(PublishedAnswer) }],
    refusals: [BAD_QUERY],
    example: "?key=destination/support",
    verb: "causeway history --key destination/support",
  },
  {
    method: "GET",
    path: "/publishes/:id",
    id: "readPublish",
    tag: "Documents",
    summary: "Read one publish, with each text before and after.",
    params: { id: publishId },
    answers: [{ status: 200, about: "The publish.", schema: PublishedInFullAnswer }],
    refusals: [NO_PUBLISH],
    verb: "causeway history <id> --full",
  },
  {
    method: "GET",
    path: "/publishes/:id/progress",
    id: "readPublishProgress",
    tag: "Documents",
    summary: "Read how much of one publish is in KV.",
    params: { id: publishId },
    answers: [{ status: 200, about: "The publish, without texts.", schema: PublishedAnswer }],
    refusals: [NO_PUBLISH],
  },
  {
    method: "POST",
    path: "/publishes",
    id: "publish",
    tag: "Documents",
    summary: "Publish up to 5,000 documents: all of them, or none.",
    about: "At most 8 MB, 20 MB with the texts that it replaces.",
    body: {
      schema: PublishBody,
      example: {
        by: "amina",
        why: "new team",
        changes: [{ key: "person/amina", text: '{"slack":"U0123456789"}', ifMatch: null }],
      },
    },
    answers: [{ status: 201, about: `Published. ${inUse}`, schema: PublishedAnswer }],
    refusals: [...publishing, TOO_LARGE],
    verb: 'causeway push -m "new team"',
  },
];
