import type { Socket } from "node:net";

import { connect } from "node:net";

/** As long as GitLab waits for an answer. */
const PATIENCE_MS = 10_000;

/** One keep-alive connection that carries one request at a time. */
export type Connection = {
  /**
   * Writes a request; `answered` is called once, with the status and the whole response, or with 0
   * and what there is of it when none comes.
   */
  send: (request: Uint8Array, answered: (status: number, response: string) => void) => void;
  /** Whether the other side has not closed it: workerd does so after five idle seconds. */
  isOpen: () => boolean;
  close: () => void;
};

/**
 * A connection on a bare socket: `node:http` costs several times as much for each request, and the
 * driver shares two cores with the server it measures.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = await connected(port);
  let waiting: ((status: number, response: string) => void) | null = null;
  let received = "";

  function answer(status: number): void {
    const call = waiting;
    const response = received;
    waiting = null;
    received = "";
    call?.(status, response);
  }
  socket.setEncoding("latin1").on("data", (chunk) => {
    received += String(chunk);
    const status = completeStatus(received);
    if (status !== null) answer(status);
  });
  socket.setTimeout(PATIENCE_MS, () => {
    if (waiting !== null) socket.destroy();
  });
  socket.on("error", () => undefined);
  socket.on("close", () => answer(0));

  return {
    send(request, answered) {
      if (socket.destroyed) return answered(0, "");
      waiting = answered;
      socket.write(request);
    },
    isOpen: () => !socket.destroyed && !socket.readableEnded,
    close: () => void socket.destroy(),
  };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve).once("error", reject);
  });
  return socket;
}

/** The status of a response (one character for each byte) that is there to its end, else null. */
function completeStatus(response: string): number | null {
  const headEnd = response.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = response.slice(0, headEnd).toLowerCase();
  const length = /\ncontent-length: (\d+)/.exec(head)?.[1];
  const complete =
    length === undefined
      ? response.endsWith("0\r\n\r\n")
      : response.length >= headEnd + 4 + Number(length);
  return complete ? Number(head.slice(9, 12)) : null;
}
