import type { Schema } from "./api-document.ts";
import { Fallback } from "./fallback.tsx";
import { Prose } from "./prose.tsx";
import { objectsWithin, SchemaInWords } from "./schema-in-words.tsx";

/** What a value is; an object's fields below it, and theirs. */
export function Fields({ schema }: { schema: Schema }) {
  const objects = objectsWithin(schema);
  return (
    <>
      {objects.map((object, at) => (
        <>
          {at === 0 ? null : <p class="soft small">or</p>}
          <FieldList schema={object} />
        </>
      ))}
    </>
  );
}

function FieldList({ schema: { properties = {}, required = [] } }: { schema: Schema }) {
  return (
    <ul class="fields">
      {Object.entries(properties).map(([name, schema]) => (
        <li>
          <code class="name">{name}</code>{" "}
          <span class="soft">
            <SchemaInWords schema={schema} />
            {isOptional(schema, required.includes(name)) ? ", optional" : ""}
            <Fallback value={schema.default} />
          </span>
          {schema.description === undefined ? null : (
            <>
              {" · "}
              <Prose text={schema.description} />
            </>
          )}
          <Fields schema={schema} />
        </li>
      ))}
    </ul>
  );
}

/** A field that has a fallback says that instead. */
function isOptional({ default: fallback }: Schema, isRequired: boolean): boolean {
  return !isRequired && (fallback === undefined || fallback === null || fallback === "");
}
