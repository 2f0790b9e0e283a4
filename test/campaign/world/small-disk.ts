import { execFileSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Running } from "./causeway.ts";
import { scratchFolder } from "../../../bench/processes/scratch.ts";

/** The disk under Causeway's state. */
export type Disk = {
  running: Pick<Running, "disk" | "through">;
  /** Tells it which process holds the disk. */
  started: (pid: number) => void;
  /** Leaves no more than so many KiB free. */
  fill: (leaveKiB: number) => void;
  /** Gives back what was filled. */
  free: () => void;
};

const BALLAST = "ballast";
const MOUNT =
  'mount -t tmpfs -o size="$1"m tmpfs "$2" && mkdir -p "$2/state" && shift 2 && exec "$@"';

/** A disk that has room for anything. */
export function roomyDisk(): Disk {
  const wrong = (): never => {
    throw new Error("Only a scenario with diskMiB has a disk that can be filled.");
  };
  return { running: {}, started: () => undefined, fill: wrong, free: wrong };
}

/**
 * A disk of so many MiB, in memory, mounted in a namespace of the process's own: it is gone when the
 * process is, however that ends. It does not outlive a restart.
 */
export function smallDisk(sizeMiB: number): Disk {
  const mounted = scratchFolder("small-disk");
  let holder = 0;
  /** The mount is seen only by the process that has it. */
  const seen = (): string => `/proc/${holder}/root${mounted}`;
  return {
    running: {
      disk: join(mounted, "state"),
      through: ["unshare", "-rm", "sh", "-c", MOUNT, "sh", String(sizeMiB), mounted],
    },
    started(pid) {
      holder = pid;
    },
    fill(leaveKiB) {
      const { bavail, bsize } = statfsSync(seen());
      const bytes = bavail * bsize - leaveKiB * 1024;
      if (bytes > 0) writeFileSync(join(seen(), BALLAST), Buffer.alloc(bytes));
    },
    free: () => rmSync(join(seen(), BALLAST), { force: true }),
  };
}

/** Why there can be no small disk here; null: there can. */
export function noSmallDisk(): string | null {
  try {
    const there = scratchFolder("try-disk");
    execFileSync("unshare", ["-rm", "sh", "-c", MOUNT, "sh", "1", there, "true"], {
      stdio: "ignore",
    });
    return null;
  } catch {
    return "this machine lets no process mount a disk of its own (unshare -rm, mount -t tmpfs)";
  }
}
