/**
 * How the master secret is changed without a gap. `rotate` is the command for the second step; the local
 * Worker's secrets are in `.dev.vars`.
 */
export function rotationSteps(rotate: string, isLocal: boolean): string {
  const set = (value: string) =>
    isLocal
      ? `in .dev.vars write HOOK_MASTER_SECRETS=${value}, then npm start again`
      : `npx wrangler secret put HOOK_MASTER_SECRETS    type: ${value}`;
  return `Changing the master secret without a gap takes three steps:
  1. ${set("<new> <old>")}   (both are good, the new one derives)
  2. ${rotate}   (the webhooks get their tokens of the new one)
  3. ${set("<new>")}   (when no webhook has the old token any more)`;
}
