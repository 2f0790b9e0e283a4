const HERE = "https://console.invalid";

/** A page of the console to go to after signing in: never anywhere else, whatever the address says. */
export function backTo(given: string | undefined): string {
  const url = given?.startsWith("/admin") === true ? URL.parse(given, HERE) : null;
  const inside =
    url?.origin === HERE &&
    /^\/admin(\/|$)/.test(url.pathname) &&
    !/^\/admin\/(sign-(in|out)|api)(\/|$)/.test(url.pathname);
  return inside ? url.pathname + url.search + url.hash : "/admin";
}
