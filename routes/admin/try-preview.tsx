import { PreviewProblem } from "../../src/console/preview/preview-problem.tsx";
import { PreviewResult } from "../../src/console/preview/preview-result.tsx";
import type { Visitor } from "../../src/console/visitor.ts";
import { knownChannelNames } from "../../src/operations/slack-names/channel-names.ts";
import { checkDraft } from "../../src/operations/drafts/check-draft.ts";
import { playgroundDocuments } from "../../src/operations/drafts/playground-documents.ts";
import { previewDraft } from "../../src/operations/drafts/preview-draft.ts";
import { publishedTexts } from "../../src/operations/publishing/published-texts.ts";
import { putAddressesBack } from "../../src/operations/publishing/put-addresses-back.ts";
import {
  storedHappening,
  type FoundHappening,
} from "../../src/operations/drafts/stored-happening.ts";
import { documentProblems } from "../../src/publishing/document-problems.ts";
import { lostAddress } from "../../src/publishing/hidden-address.ts";
import type { Env } from "../../src/env.ts";
import { readSettings } from "../../src/settings.ts";
import { readHappening } from "../../src/simulation/read-happening.ts";
import { firstFew } from "../../src/words/first-few.ts";
import { createAdmin } from "./create-admin.ts";

const MAX_PAYLOAD_BYTES = 1_000_000;

/** What a draft would do, and what is wrong with it. Nothing is sent, stored or logged. */
export const tryPreview = createAdmin()
  .post("/try/check", async (c) => {
    const { key, text, alone, begun } = fieldsIn(await c.req.parseBody());
    // Neither what is said nor what is shown needs the addresses.
    if ((await putAddressesBack(c.env, { key, text, begun })) === null) {
      const finding = { ...lostAddress(key), severity: "error" };
      return c.json({ refused: true, taken: false, findings: [finding] });
    }
    const { items } = await publishedTexts(c.env);
    const around = alone === "" ? items : playgroundDocuments(text, items).documents;
    const { findings, refused } = checkDraft({ key, text }, around, readSettings(c.env).alertsTo);
    return c.json({
      refused,
      taken: begun === null && alone === "" && items.some((item) => item.key === key),
      findings: findings.map(({ path, severity, message }) => ({ path, severity, message })),
    });
  })
  .post("/try/preview", async (c) => {
    const { key, text, event, payload, alone } = fieldsIn(await c.req.parseBody());
    const published = await publishedTexts(c.env);
    if (documentProblems(key, text).length > 0) {
      const said =
        "As it is, the document cannot be used: correct it, and its message appears here.";
      return c.html(<PreviewProblem said={said} unusable />);
    }
    const found = await happeningIn(c.env, event, payload, c.get("visitor").role);
    if ("problem" in found) return c.html(<PreviewProblem said={found.problem} />);
    const { documents, invented } =
      alone === ""
        ? { documents: published.items, invented: [] }
        : playgroundDocuments(text, published.items);
    const preview = previewDraft(found.happening, documents, { key, text });
    const notes = [
      ...(invented.length === 0
        ? []
        : [`Not published, so shown as a channel's message: ${firstFew(invented, 5).join(", ")}.`]),
      ...(published.problem === null ? [] : [published.problem]),
    ];
    const ids = preview.deliveries.flatMap(({ place }) => place?.channel ?? []);
    return c.html(
      <PreviewResult
        preview={preview}
        draft={key}
        id={found.id === "" ? null : found.id}
        notes={notes}
        channels={knownChannelNames(ids, Date.now())}
      />,
    );
  });

/** A pasted payload or sample goes before a stored event. */
async function happeningIn(
  env: Env,
  event: string,
  payload: string,
  role: Visitor["role"],
): Promise<FoundHappening> {
  if (payload.trim() === "") {
    return event.trim() === ""
      ? { problem: "Choose an event, and its message appears here." }
      : await storedHappening(env, event, role);
  }
  const body = new TextEncoder().encode(payload);
  if (body.length > MAX_PAYLOAD_BYTES) return { problem: "The payload is larger than 1 MB." };
  const happening = readHappening(body);
  return happening === null
    ? { problem: "The payload is not a JSON object, which is what GitLab and Slack send." }
    : { id: "", happening };
}

type Fields = Record<"key" | "text" | "event" | "payload" | "alone", string> & {
  begun: string | null;
};

function fieldsIn(form: Record<string, unknown>): Fields {
  const said = (name: string): string => {
    const value = form[name];
    return typeof value === "string" ? value : "";
  };
  return {
    key: said("key"),
    text: said("text"),
    event: said("event"),
    payload: said("payload"),
    alone: said("alone"),
    begun: said("etag") === "" ? null : said("etag"),
  };
}
