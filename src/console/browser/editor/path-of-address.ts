/** The path of the project or group that an address in GitLab is of; null: it is no address. */
export function pathOfAddress(address: string): string | null {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return null;
  const [place = ""] = new URL(address).pathname.split("/-/");
  const names = place.split("/").filter((name) => name !== "" && name !== "-");
  // A group's own pages are below /groups/.
  if (names[0] === "groups") names.shift();
  return names.length === 0 ? null : names.join("/").replace(/\.git$/, "");
}
