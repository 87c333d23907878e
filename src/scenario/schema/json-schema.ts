import { z } from 'zod';
import { scenarioSchema } from './scenario.ts';

/** A JSON Schema of draft 7, as far as this file looks into it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

/**
 * JSON Schema (draft 7) of the scenario file, for editors. Variants are the same schema with nothing required and `null`
 * allowed everywhere, because they are laid over the scenario.
 */
export function scenarioJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  }) as JsonSchema;
  const { variants, extends: _extends, format: _format, ...sections } = schema.properties!;
  const partial: Record<string, JsonSchema> = {};
  for (const [name, definition] of Object.entries(schema.definitions!))
    partial[`partial.${name}`] = relaxed(definition);
  const variant = relaxed({ type: 'object', properties: sections, additionalProperties: false }, true);
  return {
    ...schema,
    properties: { ...schema.properties, variants: { ...variants!, additionalProperties: variant } },
    definitions: { ...schema.definitions, ...partial },
  };
}

function relaxed(schema: JsonSchema, whole = false): JsonSchema {
  const { required: _, ...rest } = schema;
  const result: Record<string, unknown> = { ...rest };
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties).map(
      ([name, value]) => [name, orNull(relaxed(value))] as const,
    );
    result['properties'] = Object.fromEntries(properties);
  }
  if (typeof schema.additionalProperties === 'object') {
    result['additionalProperties'] = orNull(relaxed(schema.additionalProperties));
  }
  // Lists are replaced as a whole, so what is in them is complete.
  if (schema.anyOf !== undefined) result['anyOf'] = schema.anyOf.map((each) => relaxed(each));
  if (schema.allOf !== undefined) result['allOf'] = schema.allOf.map((each) => relaxed(each));
  if (schema.$ref !== undefined) result['$ref'] = schema.$ref.replace('#/definitions/', '#/definitions/partial.');
  if (whole) result['type'] = 'object';
  return result;
}

function orNull(schema: JsonSchema): JsonSchema {
  const { description, ...rest } = schema;
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, { type: 'null' }] };
}

/** Keys allowed in the map at `path`, over all alternatives; empty where any key may stand. */
export function allowedKeys(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let level = alternatives(schema, schema);
  for (const step of path) {
    level = level.flatMap((each) => {
      const properties = each.properties?.[String(step)];
      const next = typeof step === 'number' ? each.items : (properties ?? each.additionalProperties);
      return typeof next === 'object' ? alternatives(next, schema) : [];
    });
  }
  return [...new Set(level.flatMap((each) => Object.keys(each.properties ?? {})))];
}

/** The schemas that `schema` may stand for. */
function alternatives(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const below = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((each) => alternatives(each, root));
  if (schema.$ref === undefined) return [schema, ...below];
  const target = root.definitions?.[schema.$ref.replace('#/definitions/', '')];
  return target === undefined ? below : [...alternatives(target, root), ...below];
}
