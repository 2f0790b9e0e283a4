/** Whether a name is among the editors: addresses and common names as they are, or with `*` for any text. */
export function mayEdit(name: string, editors: string[]): boolean {
  return editors.some((editor) => {
    const parts = editor.split("*").map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
  });
}
