/** The XML library: reading with element offsets, checking well-formedness, writing. Whoever needs more asks here. */
export { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
