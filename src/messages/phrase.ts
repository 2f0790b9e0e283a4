import { cleanText, codeMrkdwn, cutText, escapeMrkdwn, mrkdwnLink } from "../slack/mrkdwn.ts";
import { plainText } from "../slack/plain-text.ts";
import { honestLabel, linkTarget } from "./markdown/markdown-link.ts";

/** One piece of a phrase. Only `own` words were written by us; everything else may be anyone's text. */
type Piece =
  | { is: "own"; text: string }
  | { is: "text" | "bold" | "code"; text: string }
  | { is: "link"; url: string | null; label: string }
  | { is: "sign"; emoji: string };

/**
 * What a message says, before it is written for Slack: it can be written as mrkdwn or as plain text,
 * and foreign text in it can do nothing in either.
 */
export type Phrase = readonly Piece[];

/** What may stand in a phrase: a text is foreign, null is nothing. */
type Sayable = Phrase | string | number | null;

const MAX_WORDS = 200;

/** A phrase: the words of the template are ours, the values in it are foreign unless they are phrases. */
export function say(words: TemplateStringsArray, ...values: Sayable[]): Phrase {
  return words.flatMap((text, index): Phrase => {
    const own: Phrase = text === "" ? [] : [{ is: "own", text }];
    return [...own, ...phraseOf(values[index] ?? null)];
  });
}

export function bold(text: string): Phrase {
  return [{ is: "bold", text: cutText(text, MAX_WORDS) }];
}

export function code(text: string): Phrase {
  return [{ is: "code", text: cutText(text, MAX_WORDS) }];
}

/**
 * A link; only its label where there is no address, and the address where there is no label or one
 * that pretends to be another address.
 */
export function link(url: string | null, label: string): Phrase {
  const shown = url !== null && isForged(label, url) ? url : label;
  return [{ is: "link", url, label: cutText(shown, MAX_WORDS) }];
}

/** A link out of GitLab, to wherever somebody said: its label must not look like another address. */
export function outwardLink(url: string | null, label: string): Phrase {
  const target = url === null ? null : linkTarget(url, null);
  return target === null ? link(null, label) : link(target, honestLabel(label, target));
}

/** An emoji by its name; plain text goes without. */
export function sign(emoji: string): Phrase {
  return [{ is: "sign", emoji }];
}

/** Phrases with something of ours between them. */
export function join(phrases: Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) =>
    index === 0 ? phrase : [{ is: "own" as const, text: separator }, ...phrase],
  );
}

/** "a, b and c" */
export function list(phrases: Phrase[]): Phrase {
  const last = phrases.at(-1);
  if (last === undefined || phrases.length === 1) return last ?? [];
  return [...join(phrases.slice(0, -1), ", "), { is: "own", text: " and " }, ...last];
}

export function toMrkdwn(phrase: Phrase): string {
  return phrase.map(pieceAsMrkdwn).join("");
}

/** For a workflow's variable, where nothing is formatted and an address stands for itself. */
export function toPlain(phrase: Phrase): string {
  return phrase.map(pieceAsPlain).join("").trim();
}

function phraseOf(value: Sayable): Phrase {
  if (value === null || value === "") return [];
  if (typeof value === "number") return [{ is: "own", text: String(value) }];
  return typeof value === "string" ? [{ is: "text", text: cutText(value, MAX_WORDS) }] : value;
}

function pieceAsMrkdwn(piece: Piece): string {
  switch (piece.is) {
    case "own":
      return piece.text;
    case "text":
      return escapeMrkdwn(oneLine(piece.text));
    case "bold":
      return `*${escapeMrkdwn(oneLine(piece.text).trim()) || "…"}*`;
    case "code":
      return codeMrkdwn(piece.text);
    case "link":
      return mrkdwnLink(piece.url, oneLine(piece.label).trim());
    case "sign":
      return `:${piece.emoji}: `;
  }
}

function pieceAsPlain(piece: Piece): string {
  switch (piece.is) {
    case "own":
      return piece.text;
    case "text":
    case "bold":
    case "code":
      return plainText(oneLine(piece.text));
    case "link":
      return plainText(oneLine(piece.label).trim() || (piece.url ?? ""));
    case "sign":
      return "";
  }
}

/** A phrase is one line, whatever stands in it. */
function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, " ");
}

/** Whether a label is an address, of another host than the one that its link leads to. */
function isForged(label: string, url: string): boolean {
  const said = label.trim();
  return /^https?:/i.test(said) && URL.parse(said)?.host !== URL.parse(url)?.host;
}
