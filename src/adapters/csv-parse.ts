/** The CSV library's reader: records with the line they end on. */
export { CsvError, parse } from 'csv-parse/sync';
