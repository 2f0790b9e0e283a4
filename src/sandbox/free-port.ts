import { createServer } from "node:net";

/** Resolves when nothing listens on the port of this machine, else fails with a sentence that says what to do. */
export function assertFreePort(port: number, use: string, flag: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () =>
      reject(
        new Error(
          `Port ${port} is in use, and ${use} needs one: stop what listens there, or choose another with "npm start -- --${flag} ${port + 10}".`,
        ),
      ),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
