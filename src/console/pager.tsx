type PagerProps = {
  /** What there is more of: "rules". */
  of: string;
  /** Where the list begins; null: this is its first page. */
  first: string | null;
  /** Where it goes on; null: nowhere. */
  next: string | null;
};

/** The way on in a list of several pages, and back to its first. */
export function Pager({ of, first, next }: PagerProps) {
  if (first === null && next === null) return null;
  return (
    <nav class="pager" aria-label={`More ${of}`}>
      {first === null ? <span /> : <a href={first}>To the first</a>}
      {next === null ? null : <a href={next}>Next {of}</a>}
    </nav>
  );
}
