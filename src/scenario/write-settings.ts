import { emptyDocument } from '../adapters/yaml.ts';
import { readDocument } from './read/document.ts';

/**
 * A scenario file that lays `path=value` settings over another one: what `set` does, to keep.
 *
 * @param base path of the other file as `extends` needs it, relative to the new one
 * @param settings as for `set`; quoted parts of a path are one key
 */
export function settingsDocument(base: string, settings: readonly string[]): string {
  const document = emptyDocument();
  document.setIn(['format'], 'carriergrade/scenario/1');
  document.setIn(['extends'], base);
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const steps = [...setting.slice(0, equals).matchAll(/"((?:\\.|[^"\\])*)"|[^.]+/g)].map(([whole, quoted]) =>
      quoted === undefined ? whole : (JSON.parse(whole) as string),
    );
    const { value } = readDocument(`value: ${setting.slice(equals + 1)}`, '--set');
    document.setIn(steps, document.createNode(value['value'], { flow: true }));
  }
  return String(document);
}
