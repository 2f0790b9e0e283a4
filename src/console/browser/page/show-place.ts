/** On a narrow screen the navigation is a strip that scrolls: the page that one is at is in sight. */
export function showPlace(): void {
  document
    .querySelector(".frame nav [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "center" });
}
