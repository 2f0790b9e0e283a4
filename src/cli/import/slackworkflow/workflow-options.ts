/** How workflows are to be moved in. */
export type WorkflowOptions = {
  shadow: boolean;
  /** The channel of a workflow that does not say its own. */
  channel: string | null;
};
