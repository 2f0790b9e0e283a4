/** Why there is no preview; `unusable`: because of the draft, and not of the event. */
export function PreviewProblem({ said, unusable = false }: { said: string; unusable?: boolean }) {
  return (
    <p class="note" {...(unusable ? { "data-unusable": "yes" } : {})}>
      {said}
    </p>
  );
}
