/** A text as a part of an address. Texts of documents and events may have half a character, which no address can. */
export function inAddress(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
