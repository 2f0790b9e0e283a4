import type { HookTarget } from "./hook-target.ts";

/** A hook's URL without what may be secret in it: of other receivers' no more than the host is shown. */
export function shownUrl(url: string, { to }: HookTarget): string {
  const parsed = URL.parse(url);
  if (parsed === null) return "(unreadable)";
  return to === "others" ? `${parsed.origin}/…` : parsed.origin + parsed.pathname;
}
