import { expect, it } from "vitest";
import { fixtureEvents } from "../../../docs/build/fixtures.ts";
import type { Event } from "../../../src/event.ts";
import { EVENT_CATALOGUE } from "../../../src/gitlab/event-catalogue.ts";
import { KIND_FACTS } from "../../../src/linting/event-kinds.ts";
import type { WhenField } from "../../../src/mappings/schema.ts";
import { kindVariables } from "../../../src/messages/kind-variables.ts";

const EVENTS = [...fixtureEvents()].filter(([, { kind }]) => Object.hasOwn(KIND_FACTS, kind));

/** Whether an event has something where a field of `when` looks. */
function fieldsOf(event: Event): WhenField[] {
  const values: Record<WhenField, unknown> = {
    labels: event.labels,
    labels_added: event.labelsAdded,
    labels_removed: event.labelsRemoved,
    actor: event.actor,
    author: event.author,
    assignee: event.assignees,
    reviewer: event.reviewers,
    branch: event.ref,
    status: event.status,
    stage: event.stages,
    source: event.source,
    severity: event.severity,
    environment: event.environment,
    milestone: event.milestone,
    noteable: event.on,
    project: event.project,
    changed: event.changed,
  };
  return (Object.keys(values) as WhenField[]).filter((name) => {
    const value = values[name];
    return Array.isArray(value) ? value.length > 0 : value !== null;
  });
}

it("knows every kind of the catalogue", () => {
  expect(Object.keys(KIND_FACTS)).toEqual(EVENT_CATALOGUE.map(({ kind }) => kind));
});

it.for(EVENTS)("%s has no field that its kind is said not to have", ([, event]) => {
  const unexpected = fieldsOf(event).filter(
    (name) => !KIND_FACTS[event.kind]?.fields.includes(name),
  );
  expect(unexpected).toEqual([]);
});

it.for(EVENTS)("%s fills the variables that its kind is said to fill", ([, event]) => {
  expect(Object.keys(kindVariables(event.details)).toSorted()).toEqual(
    [...(KIND_FACTS[event.kind]?.variables ?? [])].toSorted(),
  );
});

it.for(EVENTS)("%s has something below event.<kind> where its kind is said to", ([, event]) => {
  expect(Object.keys(event.attributes).length > 0).toBe(KIND_FACTS[event.kind]?.attributes);
});
