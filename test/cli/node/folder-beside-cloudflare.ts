import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, afterEach } from "vitest";
import { createCloudflare } from "../cloudflare-api.ts";

/** A small configuration that has nothing wrong with it, by file without `.yaml`. */
export const SUPPORT = {
  "destination/support": "# Where support reads.\ntype: channel\nchannel: C0000000001\n",
  "mapping/gitlab/acme/web":
    "# Everything about the web shop.\nrules:\n  - name: Opened\n    on: issue.open # new ones\n    to: support\n",
  "person/amina": "slack: U0000000001\n",
};

/** What a push to the stand-in is called. */
export const AT = ["--target", "cloudflare"];
export const PUSH = ["push", ...AT, "--yes", "-m", "a reason"];

/** A configuration folder of its own, with these files (without `.yaml`) in it. */
export function editableFolder(files: Record<string, string> = SUPPORT) {
  const dir = mkdtempSync(join(tmpdir(), "causeway-configuration-"));
  const folder = {
    dir,
    write: (file: string, text: string) => {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, `${file}.yaml`), text);
    },
    read: (file: string) => readFileSync(join(dir, `${file}.yaml`), "utf8"),
    remove: (file: string) => rmSync(join(dir, `${file}.yaml`)),
    drop: () => rmSync(dir, { recursive: true }),
  };
  for (const [file, text] of Object.entries(files)) folder.write(file, text);
  return folder;
}

/** Nobody's own settings of Git reach a command, nor their clock. */
export const SIGNED = { USER: "tester", GIT_CONFIG_GLOBAL: "/dev/null", TZ: "UTC" };

/**
 * The stand-in for Cloudflare's API on a free port of the loopback address, and folders beside it;
 * each test finds it empty.
 */
export async function useCloudflare() {
  const cloudflare = createCloudflare();
  const server = await new Promise<ServerType>((resolve) => {
    const app = new Hono().route("/", cloudflare.app);
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started),
    );
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env: Record<string, string> = { ...cloudflare.env(origin), ...SIGNED };
  const made: { drop: () => void }[] = [];
  afterEach(() => {
    cloudflare.reset();
    for (const folder of made.splice(0)) folder.drop();
  });
  afterAll(() => server.close());

  return {
    ...cloudflare,
    env,
    folder: (files: Record<string, string> = SUPPORT) => {
      const fresh = editableFolder(files);
      made.push(fresh);
      return { ...fresh, around: { cwd: fresh.dir, env } };
    },
  };
}
