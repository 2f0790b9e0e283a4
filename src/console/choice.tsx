type ChoiceProps = {
  name: string;
  label: string;
  /** The option that is chosen; empty: none is. */
  value: string;
  /** What it says while nothing is chosen. */
  open?: string;
  /** Values with their words, in this order. */
  options: [value: string, words: string][];
};

/** A field of a search whose values are known, and which may be left open. */
export function Choice({ name, label, value, open = "any", options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{open}</option>
        {options.map(([option, words]) => (
          <option value={option} selected={option === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Options that are called what they are: each once, the one that is chosen among them. */
export function optionsNamed(names: string[], chosen: string): ChoiceProps["options"] {
  return [...new Set([...names, chosen])].filter((name) => name !== "").map((name) => [name, name]);
}
