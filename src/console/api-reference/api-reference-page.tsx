import type { ApiDocument } from "./api-document.ts";
import { Fields } from "./fields.tsx";
import { OperationCard, type Placed } from "./operation-card.tsx";
import { Prose } from "./prose.tsx";
import { anchorOf } from "./schema-in-words.tsx";

/** The description of the API for people; `source` is where it is for programs. */
export function ApiReferencePage({ api, source }: { api: ApiDocument; source: string }) {
  const operations = operationsOf(api);
  const groups = api.tags.map(({ name, description }) => ({
    name,
    description,
    id: name.toLowerCase().replaceAll(" ", "-"),
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  return (
    <div class="stack api-reference">
      <section class="card" aria-label="How to ask">
        {api.info.description.split("\n\n").map((paragraph) => (
          <p>
            <Prose text={paragraph} />
          </p>
        ))}
        <p>
          Every request bears a token: <code>Authorization: Bearer &lt;ADMIN_TOKEN&gt;</code>, or{" "}
          <code>VIEWER_TOKEN</code> for looking; without one it is answered 401. In the examples{" "}
          <code>$URL</code> is the Worker's address and <code>$A</code> that header. For programs:{" "}
          <a href={source}>openapi.json</a> (OpenAPI 3.1), with a token at{" "}
          <code>/admin/api/openapi.json</code>.
        </p>
      </section>
      <nav class="card" aria-label="Operations">
        <div class="groups">
          {groups.map((group) => (
            <div class="group">
              <h2 class="contents">
                <a href={`#${group.id}`}>{group.name}</a>
              </h2>
              <ul class="contents">
                {group.operations.map(({ method, path, operation }) => (
                  <li>
                    <a href={`#${operation.operationId}`}>
                      <span class="method">{method}</span> <code>{path}</code>
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      {groups.map((group) => (
        <section class="stack" aria-labelledby={group.id}>
          <h2 id={group.id}>{group.name}</h2>
          <p class="soft">{group.description}</p>
          {group.operations.map((each) => (
            <OperationCard {...each} />
          ))}
        </section>
      ))}
      <Shapes api={api} />
    </div>
  );
}

function Shapes({ api }: { api: ApiDocument }) {
  return (
    <section class="stack" aria-labelledby="shapes">
      <h2 id="shapes">Shapes</h2>
      <p class="soft">What several answers are made of.</p>
      {Object.entries(api.components.schemas).map(([name, schema]) => (
        <article class="card operation" id={anchorOf(name)}>
          <h3>{name}</h3>
          <p>
            <Prose text={schema.description ?? ""} />
          </p>
          <Fields schema={schema} />
        </article>
      ))}
    </section>
  );
}

function operationsOf(api: ApiDocument): Placed[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}
