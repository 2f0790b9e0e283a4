import { capital } from "../../words/capital.ts";

/** What a change does, a line each; null where only the way it is written differs. */
export function ChangeWords({ words }: { words: string[] }) {
  if (words.length === 0) {
    return <p class="soft">Nothing changes in what happens: only the text differs.</p>;
  }
  return (
    <ul class="change-words">
      {words.map((said) => {
        const [first = "", ...more] = said.split("\n");
        return (
          <li>
            {capital(first)}
            {more.map((line) => (
              <span class="soft small">{line.trim()}</span>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
