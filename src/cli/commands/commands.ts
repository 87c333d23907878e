import { allocate } from './allocate.ts';
import { analyse } from './analyse.ts';
import { calibrate } from './calibrate.ts';
import { check } from './check.ts';
import type { CommandDefinition } from './command.ts';
import { compare } from './compare.ts';
import { completion } from './completion.ts';
import { explain } from './explain.ts';
import { importCommand } from './import.ts';
import { init } from './init.ts';
import { inject } from './inject.ts';
import { merge } from './merge.ts';
import { plan } from './plan.ts';
import { rbd } from './rbd.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { spof } from './spof.ts';
import { sweep } from './sweep.ts';
import { table } from './table.ts';
import { validate } from './validate.ts';

/** In the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  run,
  merge,
  report,
  inject,
  analyse,
  check,
  compare,
  sweep,
  plan,
  calibrate,
  spof,
  rbd,
  allocate,
  table,
  validate,
  explain,
  importCommand,
  schema,
  init,
  completion,
];
