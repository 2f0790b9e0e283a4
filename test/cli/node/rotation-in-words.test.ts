import { expect, it } from "vitest";
import { rotationInWords } from "../../../src/cli/hooks/rotation-in-words.ts";
import { rotationSteps } from "../../../src/cli/hooks/rotation-steps.ts";

const WORKER = { url: "https://causeway.example.com", isLocal: false };
const ROTATION = {
  paths: ["acme/site"],
  lookedAt: ["acme/site"],
  notSeen: [],
  rotated: [{ id: 1, path: "acme/site", vouching: "signing_token" as const }],
  skipped: [],
};

it("has a deployed Worker's secret set by wrangler", () => {
  const said = rotationInWords({ ...ROTATION, overlaps: true }, WORKER, "causeway hooks doctor");
  expect(said).toContain("npx wrangler secret put HOOK_MASTER_SECRETS, with the new one alone.");
  expect(rotationSteps("causeway hooks rotate", false).match(/npx wrangler/g)).toHaveLength(2);
});

it("speaks of no new secret where there is one alone", () => {
  const said = rotationInWords({ ...ROTATION, overlaps: false }, WORKER, "causeway hooks doctor");
  expect(said).toContain("There is one master secret, so nothing is left to do.");
  expect(said).not.toMatch(/wrangler|new one/);
});
