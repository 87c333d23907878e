import { Document } from 'yaml';

/** The YAML library: documents with source ranges. Only reading; whoever needs more asks here. */
export {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';

/** A document to write into. */
export function emptyDocument(): Document {
  return new Document({});
}
