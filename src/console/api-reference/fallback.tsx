/** What counts where nothing is said. */
export function Fallback({ value }: { value: unknown }) {
  if (value === undefined || value === null || value === "") return null;
  return (
    <>
      {"; without it "}
      <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
    </>
  );
}
