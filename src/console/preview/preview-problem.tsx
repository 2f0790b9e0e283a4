/** Why there is no preview. */
export function PreviewProblem({ said }: { said: string }) {
  return <p class="note">{said}</p>;
}
