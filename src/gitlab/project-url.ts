import { field, text, type JsonObject } from "../json.ts";

/** The address of a page of the payload's project, such as `/-/jobs/7`; null when it is not known. */
export function projectUrl(payload: JsonObject, page: string): string | null {
  const url = text(field(payload, "project", "web_url"));
  return url === null ? null : `${url}${page}`;
}

/** A branch, tag or path as a part of an address: its slashes stay. */
export function inUrl(name: string): string {
  return name.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

/** What stands before the name of a branch or tag. */
export const REF_PREFIX = /^refs\/(heads|tags)\//;
