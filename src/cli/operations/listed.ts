import { LARGEST_PAGE } from "../../operations/largest-page.ts";
import type { AdminApi } from "../worker/admin-api.ts";

/**
 * The first items of a list, newest first, narrowed by what is defined of `query`: at most `limit`,
 * and none from the first one on that `isOver` says is too old. `more`: the limit cut it.
 */
export async function listed<T>(
  api: AdminApi,
  path: string,
  query: Record<string, string | undefined>,
  limit: number,
  isOver: (item: T) => boolean = () => false,
): Promise<{ items: T[]; more: boolean }> {
  const search = new URLSearchParams({ limit: String(Math.min(limit, LARGEST_PAGE)) });
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, value);
  }
  const items: T[] = [];
  for await (const item of api.all<T>(`${path}?${search.toString()}`)) {
    if (isOver(item)) break;
    if (items.length === limit) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}
