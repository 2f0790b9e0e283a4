/** The rows of the first table of a page, as they read: without tags. */
export function rowsIn(html: string): string[] {
  const body = /<tbody>(.*?)<\/tbody>/s.exec(html)?.[1] ?? "";
  return body
    .split("<tr>")
    .slice(1)
    .map((row) =>
      row
        .replaceAll("<wbr/>", "")
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    );
}
