/** Where a service is that is asked with a token. */
type Address = {
  /** Without a slash at its end. */
  url: string;
  /** Whether it is on this machine. */
  isLocal: boolean;
};

/** An address that a token may be sent to, or why it is none. */
type Addressed = { ok: true; value: Address } | { ok: false; why: "no address" | "plain" };

/** Reads the address of a service: https, or http on this machine only, for others read along. */
export function safeAddress(given: string): Addressed {
  const url = given.trim().replace(/(?<!\/)\/+$/, "");
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    return { ok: false, why: "no address" };
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(parsed.hostname);
  if (parsed.protocol === "http:" && !isLocal) return { ok: false, why: "plain" };
  return { ok: true, value: { url, isLocal } };
}
