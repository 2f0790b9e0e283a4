/** A namespace as the ledger calls it, from its Relay's name. */
export function namespaceOf(relay: string): string {
  return relay.replace(/^gitlab\//, "");
}
