import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

/** Each place where something secret is compared with what a stranger sent, and by which name. */
const COMPARISONS: [file: string, secrets: string[]][] = [
  ["src/gitlab/verify-delivery.ts", ["token", "candidate", "expected", "other"]],
  ["src/slack/verify-request.ts", ["secret", "expected", "wanted"]],
  ["routes/role-of.ts", ["token", "given"]],
  ["src/console/session.ts", ["signature", "token"]],
];

test.for(COMPARISONS)(
  "%s compares secrets in constant time and in no other way",
  ([file, secrets]) => {
    const source = readFileSync(join(ROOT, file), "utf8");
    // The platform compares signatures in constant time.
    expect(source).toMatch(/timingSafeEqual\(|crypto\.subtle\.verify\(/);
    const names = secrets.join("|");
    // Whether one is there at all may be asked in any way.
    const direct = new RegExp(
      `\\b(${names})\\b(?!\\.length)\\s*[!=]==(?!\\s*(undefined|null|""))|[!=]==\\s*(${names})\\b(?!\\.length)|\\.(includes|indexOf|startsWith|has)\\((${names})\\b`,
    );
    expect(direct.exec(source)?.[0]).toBeUndefined();
  },
);
