import type { Parameter } from "./api-document.ts";
import { Fallback } from "./fallback.tsx";
import { Prose } from "./prose.tsx";
import { SchemaInWords } from "./schema-in-words.tsx";

/** The parameters of the operation `of`. */
export function ParametersTable({ of, parameters }: { of: string; parameters: Parameter[] }) {
  return (
    <div class="table">
      <table class="stacked">
        <caption class="unseen">Parameters of {of}</caption>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">In</th>
            <th scope="col">What it is</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, in: place, required, schema, description = "" }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td data-label="In">{place}</td>
              <td data-label="What it is">
                <SchemaInWords schema={schema} />
                {required ? ", required" : ""}
                <Fallback value={schema.default} />
              </td>
              <td data-label="Meaning">
                <Prose text={description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
