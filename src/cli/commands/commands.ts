import { allocate } from './allocate.ts';
import { analyse } from './analyse.ts';
import type { CommandDefinition } from './command.ts';
import { explain } from './explain.ts';
import { importCommand } from './import.ts';
import { inject } from './inject.ts';
import { rbd } from './rbd.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { spof } from './spof.ts';
import { table } from './table.ts';
import { validate } from './validate.ts';

/** In the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  run,
  inject,
  analyse,
  spof,
  rbd,
  allocate,
  table,
  validate,
  explain,
  importCommand,
  schema,
];
