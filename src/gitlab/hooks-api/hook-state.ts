import type { Hook } from "./hook.ts";

/** Whether GitLab sends to a hook, in words. */
export function hookState({ alert_status, disabled_until: until }: Hook): string {
  const status = alert_status ?? "executable";
  switch (status) {
    case "disabled":
      return "disabled by GitLab";
    case "temporarily_disabled":
      return `disabled by GitLab until ${until ?? "later"}`;
    case "executable":
      return "ok";
  }
}

/** Whether GitLab sends to a hook at the moment. */
export function isEnabled({ alert_status }: Hook): boolean {
  return (alert_status ?? "executable") === "executable";
}
