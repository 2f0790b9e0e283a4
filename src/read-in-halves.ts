/**
 * What `read` gives for keys of KV, in as many reads as it takes: KV gives at most 25 MB in one go, and
 * who asks does not know how long the texts are. Rejects when KV does not give a single key either.
 * @see https://developers.cloudflare.com/kv/api/read-key-value-pairs/
 */
export async function* readInHalves<T>(
  keys: string[],
  read: (keys: string[]) => Promise<T>,
): AsyncGenerator<T> {
  const [first, ...rest] = keys;
  if (first === undefined) return;
  const whole = await read(keys).catch((error: unknown) => {
    if (rest.length === 0) throw error;
    return null;
  });
  if (whole !== null) {
    yield whole;
    return;
  }
  // One alone tells whether it was too much, or KV is not there at all.
  yield await read([first]);
  const half = Math.ceil(rest.length / 2);
  yield* readInHalves(rest.slice(0, half), read);
  yield* readInHalves(rest.slice(half), read);
}
