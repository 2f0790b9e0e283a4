/** One V8 profile, as the DevTools protocol gives it. */
export type CpuProfile = {
  nodes: {
    id: number;
    children?: number[];
    callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  }[];
  /** The node that was running at each sample, and the µs since the sample before. */
  samples: number[];
  timeDeltas: number[];
};
type Inspector = { call: <T>(method: string, params?: object) => Promise<T>; close: () => void };

const SAMPLE_EVERY_MICROS = 200;

/** Profiles a Worker while `work` runs. */
export async function profileDuring(
  inspectorPort: number,
  work: () => Promise<unknown>,
): Promise<CpuProfile> {
  const inspector = await connectInspector(inspectorPort);
  await inspector.call("Profiler.enable");
  await inspector.call("Profiler.setSamplingInterval", { interval: SAMPLE_EVERY_MICROS });
  await inspector.call("Profiler.start");
  await work();
  const { profile } = await inspector.call<{ profile: CpuProfile }>("Profiler.stop");
  inspector.close();
  return profile;
}

/** What a Worker's JavaScript holds in memory once everything that nobody needs is gone. */
export async function heapBytes(inspectorPort: number): Promise<number> {
  const inspector = await connectInspector(inspectorPort);
  await inspector.call("HeapProfiler.enable");
  await inspector.call("HeapProfiler.collectGarbage");
  const { usedSize } = await inspector.call<{ usedSize: number }>("Runtime.getHeapUsage");
  inspector.close();
  return usedSize;
}

const LOOK_MS = 100;

/** Watches what a Worker's isolate holds, buffers included, until the result is called: the most, in bytes. */
export async function watchHeap(inspectorPort: number): Promise<() => Promise<number>> {
  const inspector = await connectInspector(inspectorPort);
  let most = 0;
  async function look(): Promise<void> {
    const { usedSize, backingStorageSize = 0 } = await inspector.call<{
      usedSize: number;
      backingStorageSize?: number;
    }>("Runtime.getHeapUsage");
    most = Math.max(most, usedSize + backingStorageSize);
  }
  const timer = setInterval(() => void look(), LOOK_MS);
  return async () => {
    clearInterval(timer);
    await look();
    inspector.close();
    return most;
  };
}

/** workerd lists every Worker of its configuration; the one under test is the service "main". */
async function connectInspector(port: number): Promise<Inspector> {
  const listing = await fetch(`http://127.0.0.1:${port}/json`);
  const workers = (await listing.json()) as { id: string; webSocketDebuggerUrl: string }[];
  const main = workers.find(({ id }) => id === "main");
  if (!main) throw new Error(`No Worker "main" among ${JSON.stringify(workers)}.`);
  const socket = new WebSocket(main.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });

  const waiting = new Map<number, (result: unknown) => void>();
  let calls = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (message.id !== undefined) waiting.get(message.id)?.(message.result);
  });
  return {
    async call<T>(method: string, params: object = {}) {
      calls += 1;
      const id = calls;
      const answered = new Promise((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, method, params }));
      return (await answered) as T;
    },
    close: () => socket.close(),
  };
}
