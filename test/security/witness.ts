import { vi } from "vitest";

/** A request that left the Worker. */
export type Sent = { url: string; headers: Record<string, string>; body: string };

/** Every request that left since {@link createWorld}, as the world saw it. */
export async function sent(): Promise<Sent[]> {
  return await Promise.all(
    vi.mocked(globalThis.fetch).mock.calls.map(async ([input, init]) => {
      const request = new Request(input as RequestInfo, init as RequestInit);
      const headers = Object.fromEntries(request.headers);
      return {
        url: request.url,
        headers,
        body: Buffer.from(await request.arrayBuffer()).toString(),
      };
    }),
  );
}

/** Whatever is written to the console from now on, one entry for each call. */
export function watchConsole(): unknown[][] {
  const written: unknown[][] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => void written.push(said));
  }
  return written;
}
