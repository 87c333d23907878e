import { type JsonSchema, scenarioJsonSchema } from './json-schema.ts';

/** Definitions that are looked into for names; all others are quantities, whose texts mean no name. */
const WITH_NAMES: readonly string[] = ['structure'];

let cached: JsonSchema | undefined;
const schema = (): JsonSchema => {
  cached ??= scenarioJsonSchema();
  return cached;
};

/** Whether the scenario may have any text at `path`: neither one of a list of words nor a quantity. */
export function plainTextAt(path: readonly PropertyKey[]): boolean {
  let level = open(schema());
  for (const step of path) {
    level = level.flatMap((each) => {
      const next =
        typeof step === 'number' ? each.items : (each.properties?.[String(step)] ?? each.additionalProperties);
      return typeof next === 'object' ? open(next) : [];
    });
  }
  return level.some((each) => each.type === 'string' && each['enum'] === undefined && each['const'] === undefined);
}

function open(each: JsonSchema): readonly JsonSchema[] {
  const below = [...(each.anyOf ?? []), ...(each.allOf ?? [])].flatMap(open);
  if (each.$ref === undefined) return [each, ...below];
  const name = each.$ref.replace('#/definitions/', '');
  const target = schema().definitions?.[name];
  const container = target !== undefined && (target.type === 'object' || WITH_NAMES.includes(name));
  return container ? [...open(target), ...below] : below;
}
