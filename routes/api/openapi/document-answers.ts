import * as z from "zod/mini";
import type { Publish, PublishInFull } from "../../../src/publishing/publish.ts";
import type { PresentDocument } from "../../../src/publishing/present-document.ts";
import type { Conflict, PublishAnswer } from "../../../src/publishing/publisher.ts";
import { describing } from "./describing.ts";
import { Moment, orNull } from "./shapes.ts";

const by = orNull("Who; null: nobody knows.");
const etag = z.string().check(z.describe("With its quotes, as `If-Match` takes it."));

export const DocumentAnswer = describing<PresentDocument>()(
  z
    .strictObject({
      key: z.string().check(z.meta({ examples: ["destination/support"] })),
      text: z.string().check(z.describe("The document itself, JSON.")),
      etag,
      by,
      at: Moment,
      publish: z.string().check(z.describe("The publish that made it so.")),
    })
    .check(z.meta({ id: "Document", description: "A document, as it is now." })),
);

const published = {
  id: z.string().check(z.meta({ examples: ["20261123T065510Z-3f9a1c"] })),
  at: Moment,
  by,
  why: z.string(),
  via: z
    .enum(["console", "command line", "api", "outside"])
    .check(z.describe("`outside`: somebody wrote KV themselves, and it was found there.")),
  restores: orNull("The publish whose previous texts this one put back."),
  keys: z
    .array(z.strictObject({ key: z.string(), kind: z.enum(["added", "changed", "removed"]) }))
    .check(z.describe("The first 50 of its documents.")),
  total: z.int().check(z.describe("How many documents it has.")),
  written: z.int().check(z.describe("How many of them are in KV.")),
  problem: orNull("Why the others are not yet; null: nothing is in the way."),
};

export const PublishedAnswer = describing<Publish>()(
  z
    .strictObject(published)
    .check(z.meta({ id: "Publish", description: "Who published what, when and why." })),
);

export const PublishedInFullAnswer = describing<PublishInFull>()(
  z.strictObject({
    ...published,
    changes: z
      .array(
        z.strictObject({
          key: z.string(),
          before: orNull("Its text; null: there was none."),
          after: orNull("Its text; null: it is gone."),
        }),
      )
      .check(z.describe("All of its documents.")),
  }),
);

/** What is said of documents that changed meanwhile. */
export const Conflicts = describing<Conflict[]>()(
  z.array(
    z.strictObject({
      key: z.string(),
      etag: z.nullable(etag),
      by,
      at: z.nullable(Moment),
    }),
  ),
);

/** What is said of documents with mistakes: the first hundred. */
export const Mistakes = describing<Extract<PublishAnswer, { status: "invalid" }>["problems"]>()(
  z.array(z.strictObject({ key: z.string(), path: z.string(), message: z.string() })),
);
