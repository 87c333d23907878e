import { allocate } from './allocate.ts';
import { analyse } from './analyse.ts';
import { calibrate } from './calibrate.ts';
import type { CommandDefinition } from './command.ts';
import { compare } from './compare.ts';
import { explain } from './explain.ts';
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
  compare,
  calibrate,
  spof,
  rbd,
  allocate,
  table,
  validate,
  explain,
  schema,
];
