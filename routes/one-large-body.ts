/** A body from this size on is packed before it is stored, which takes several times its size. */
const LARGE_BYTES = 4 * 1024 * 1024;
/** GitLab waits ten seconds: whoever has waited so long goes ahead, and a turn that takes longer is over. */
const TURN_MS = 7_000;
const LOOK_MS = 20;

/** Since when a large body is being taken in here; 0: none is. */
let busySince = 0;

/**
 * Takes large bodies in one after the other, for an isolate has 128 MB for all requests that it serves at
 * the same time. Requests look again and again whose turn it is, because a Worker's request cannot wait for
 * what another one promises.
 */
export async function oneLargeBody<T>(headers: Headers, takeIn: () => Promise<T>): Promise<T> {
  if (Number(headers.get("content-length") ?? 0) < LARGE_BYTES) return await takeIn();
  const from = Date.now();
  const isBusy = (now: number): boolean => busySince !== 0 && now - busySince < TURN_MS;
  while (isBusy(Date.now()) && Date.now() - from < TURN_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const mine = Date.now();
  busySince = mine;
  try {
    return await takeIn();
  } finally {
    if (busySince === mine) busySince = 0;
  }
}
