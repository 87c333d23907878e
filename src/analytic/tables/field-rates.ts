import type { CatalogueFailure } from '../../catalogue/element-types.ts';
import { FIELD_RATES } from '../../catalogue/field-rates.ts';
import type { Table } from '../../model/table.ts';

/** Rates and shares seen in the field, with their source; those with a name and a kind are element types. */
export function fieldRatesTable(): Table {
  return {
    format: 'carriergrade/table/1',
    name: 'field-rates',
    title: 'Rates and shares seen in the field',
    columns: [
      { name: 'Name' },
      { name: 'Kind' },
      { name: 'What' },
      { name: 'Published' },
      { name: 'As failure mode' },
      { name: 'Conversion' },
      { name: 'Source' },
      { name: 'Year' },
      { name: 'Status' },
    ],
    rows: Object.entries(FIELD_RATES).map(([id, rate]) => [
      id,
      rate.kind ?? null,
      rate.title,
      rate.published,
      Object.entries(rate.failures ?? {})
        .map(([mode, failure]) => `${mode}: ${written(failure)}`)
        .join('; ') || null,
      rate.conversion ?? null,
      rate.reference,
      rate.year ?? null,
      rate.status,
    ]),
    notes: [
      'Rows with a kind are element types: "type: switch/tor". Repair times of 4 h are those of [B] B-64 where nothing is published with the rate.',
      'Predicted values are those of vendors, illustrative ones examples of their authors; neither was measured.',
    ],
  };
}

function written({ source: _, cause: __, ...failure }: CatalogueFailure): string {
  return Object.entries(failure)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
