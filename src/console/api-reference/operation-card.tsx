import type { ApiOperation, ApiResponse } from "./api-document.ts";
import { Fields } from "./fields.tsx";
import { ParametersTable } from "./parameters-table.tsx";
import { Prose } from "./prose.tsx";
import { RefusalsTable } from "./refusals-table.tsx";
import { SchemaInWords } from "./schema-in-words.tsx";

/** An operation with its place. */
export type Placed = { method: string; path: string; operation: ApiOperation };

/** One operation: what it does, takes, answers and refuses, and how it is tried. */
export function OperationCard({ method, path, operation }: Placed) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  return (
    <article class="card operation" id={operationId}>
      <h3>
        <a href={`#${operationId}`}>
          <span class="method">{method}</span> <code>{path}</code>
        </a>
      </h3>
      <p>
        {summary}{" "}
        {description === undefined ? null : (
          <span class="soft">
            <Prose text={description} />
          </span>
        )}
      </p>
      <p class="small soft">
        {operation["x-viewer"]
          ? "VIEWER_TOKEN is enough for it."
          : "It takes ADMIN_TOKEN; viewers are answered 403."}
      </p>
      {parameters.length === 0 ? null : (
        <ParametersTable of={operationId} parameters={parameters} />
      )}
      {body === undefined ? null : (
        <section class="part">
          <h4>Body</h4>
          {requestBody?.description === undefined ? null : <p>{requestBody.description}</p>}
          <Fields schema={body} />
        </section>
      )}
      {Object.entries(responses)
        .filter(([status]) => status.startsWith("2"))
        .map(([status, response]) => (
          <AnswerPart status={status} response={response} />
        ))}
      <RefusalsTable operation={operation} />
      <section class="part">
        <h4>Try it</h4>
        {operation["x-codeSamples"].map(({ source }) => (
          <pre>
            <code>{source}</code>
          </pre>
        ))}
      </section>
    </article>
  );
}

function AnswerPart({ status, response }: { status: string; response: ApiResponse }) {
  const schema = response.content["application/json"]?.schema;
  return (
    <section class="part">
      <h4>Answer {status}</h4>
      <p>
        <Prose text={response.description} />
        {schema?.$ref === undefined ? null : (
          <>
            {" Its shape: "}
            <SchemaInWords schema={schema} />.
          </>
        )}
      </p>
      {schema === undefined ? null : <Fields schema={schema} />}
    </section>
  );
}
