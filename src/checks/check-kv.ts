import { DESTINATIONS } from "../mappings/destination-key.ts";
import { errorInWords } from "../words/error-in-words.ts";
import { counted } from "../words/counted.ts";
import { parseDestination, parseMapping, parsePerson } from "../mappings/parse-document.ts";
import { sayProblems } from "../mappings/problems.ts";
import { readDocuments } from "../mappings/read-documents.ts";
import { checked, error, warning, type Check, type Finding } from "./check.ts";

const KINDS = [
  { prefix: "mapping/", parse: parseMapping, count: "mappings" },
  { prefix: DESTINATIONS, parse: parseDestination, count: "destinations" },
  { prefix: "person/", parse: parsePerson, count: "people" },
] as const;

/** Of each kind; what lies beyond is not looked at, and that is said. */
const MAX_DOCUMENTS = 5_000;
const MAX_FINDINGS = 20;

/** What keeps KV from being written, and how many published documents wait for it. */
type Trouble = { problem: string; documents: number };

/**
 * Whether KV can be listed and read, how long that takes, and which documents cannot be used; and
 * whether it takes what was published.
 */
export async function checkKv(
  kv: KVNamespace,
  now: () => number,
  trouble: Trouble | null = null,
): Promise<Check> {
  const began = now();
  try {
    const kinds = [];
    for (const kind of KINDS) {
      kinds.push({ ...kind, documents: await readDocuments(kv, kind.prefix, MAX_DOCUMENTS) });
    }
    const milliseconds = now() - began;
    const counts = Object.fromEntries(
      kinds.map(({ count, documents }) => [count, documents.length]),
    );
    const findings = kinds.flatMap(({ documents, parse, count }) => [
      ...documents.flatMap(({ key, text }) => unusable(key, parse(key, text))),
      ...(documents.length < MAX_DOCUMENTS ? [] : [cut(count)]),
    ]);
    const isEmpty = kinds.every(({ documents }) => documents.length === 0);
    return checked("kv", { ...counts, milliseconds }, [
      ...(isEmpty ? [nothingThere()] : []),
      ...(trouble === null ? [] : [notWritten(trouble)]),
      ...findings.slice(0, MAX_FINDINGS),
      ...(findings.length > MAX_FINDINGS ? [more(findings.length - MAX_FINDINGS)] : []),
    ]);
  } catch (cause) {
    const said = errorInWords(cause);
    const finding = error(
      "kv_unreadable",
      `KV cannot be read: ${said}. Events that need a document which was never read wait.`,
      "https://www.cloudflarestatus.com says whether Workers KV has trouble. The free plan has a daily limit.",
    );
    return checked("kv", { milliseconds: now() - began }, [finding]);
  }
}

function unusable(key: string, read: ReturnType<(typeof KINDS)[number]["parse"]>): Finding[] {
  if (read.ok) return [];
  const message = `${key} cannot be used: ${sayProblems(read.problems)}`;
  const fix = 'Correct it; "causeway lint" checks it before "causeway push" publishes it.';
  return [error("document_unusable", message, fix)];
}

function nothingThere(): Finding {
  const fix = 'Begin with "causeway init", then publish with "causeway push".';
  return warning("nothing_configured", "KV holds no documents: nobody is told anything.", fix);
}

function notWritten({ problem, documents }: Trouble): Finding {
  const waiting = counted(documents, "document waits", "documents wait");
  return warning(
    "publishing_waits",
    `KV does not take what was published: ${waiting} to be written. ${problem}`,
    "Nothing is lost, and all is in use already. KV's free plan takes 1,000 writes a day: then it goes on at midnight UTC.",
  );
}

function cut(count: string): Finding {
  const message = `Only the first ${MAX_DOCUMENTS} ${count} were looked at.`;
  return warning("too_many", message, 'Check the rest in your folder with "causeway lint".');
}

function more(left: number): Finding {
  const fix = '"causeway lint" lists them all: "causeway pull" brings them into a folder.';
  return error("more_documents", `${left} more documents have something wrong.`, fix);
}
