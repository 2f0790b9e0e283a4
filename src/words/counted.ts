/** `1 event`, `2 events`; `several` where the plural has no s at its end. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
