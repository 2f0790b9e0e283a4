/** Whoever looks at the console: the name that history shows, and whether they may change things. */
export type Visitor = {
  name: string;
  role: "view" | "edit";
  /** How they came in: by Cloudflare Access, or with a token in the form. */
  how: "access" | "token";
};
