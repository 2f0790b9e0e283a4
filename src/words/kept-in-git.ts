/** What to know behind every change that was made at the console. */
export const KEPT_IN_GIT =
  "If this configuration is kept in Git: the next causeway push names this as somebody else's change, until it was pulled.";
