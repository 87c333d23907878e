import type { Context } from './context.ts';
import { type Entry, isScalar } from './tree.ts';

/** What an instance needs of its host. */
export interface Size {
  readonly cpus?: number;
  readonly memoryMb?: number;
  readonly diskGb?: number;
  /** Name of a flavour of the VIM. */
  readonly flavor?: string;
}

/** Flavours that an OpenStack installation brings: vCPUs, MB, GB. */
const FLAVORS: Readonly<Record<string, readonly [number, number, number]>> = {
  'm1.nano': [1, 64, 1],
  'm1.micro': [1, 128, 1],
  'm1.tiny': [1, 512, 1],
  'm1.small': [1, 2048, 20],
  'm1.medium': [2, 4096, 40],
  'm1.large': [4, 8192, 80],
  'm1.xlarge': [8, 16384, 160],
};

/** What one slot of a node holds. [EA] A-69: the shape of the usual flavours. */
export const SLOT = { cpus: 2, memoryMb: 4096, diskGb: 40 };
/** [EA] of the catalogue's compute node. */
export const NODE_SLOTS = 20;

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  kib: 1024,
  mb: 1e6,
  mib: 1024 ** 2,
  gb: 1e9,
  gib: 1024 ** 3,
  tb: 1e12,
  tib: 1024 ** 4,
};

/** A size such as `512 MB` in `unit`, which is also the unit of bare numbers. */
export function sizeIn(unit: 'mb' | 'gb', each: Entry | undefined, context: Context): number | undefined {
  if (each === undefined) return undefined;
  const item = context.resolve(each.value);
  if (!isScalar(item) || item.value === null) return undefined;
  const [, number, written = unit] = /^\s*(\d+(?:\.\d*)?)\s*([kmgt]?i?b)?\s*$/i.exec(String(item.value)) ?? [];
  if (number === undefined) {
    context.find(
      item.place,
      'bad-value',
      `"${each.key}" is ${JSON.stringify(String(item.value).slice(0, 40))}, expected a size such as 512 MB`,
    );
    context.ledger.approximate(each, 'cannot be read: the usual size is assumed');
    return undefined;
  }
  const bytes = Number(number) * (written === unit ? UNITS[unit]! : UNITS[written.toLowerCase()]!);
  return bytes / UNITS[unit]!;
}

/** Slots that one instance takes, and why. */
export function slotsOf(size: Size): { readonly slots: number; readonly why: string; readonly source: string } {
  const named = size.flavor === undefined ? undefined : FLAVORS[size.flavor];
  const [cpus, memory, disk] = [size.cpus ?? named?.[0], size.memoryMb ?? named?.[1], size.diskGb ?? named?.[2]];
  const unit = `one slot holds ${SLOT.cpus} vCPU, ${SLOT.memoryMb / 1024} GB memory, ${SLOT.diskGb} GB disk`;
  if (cpus === undefined && memory === undefined && disk === undefined) {
    const what = size.flavor === undefined ? 'no size is stated' : `flavour ${size.flavor} is known to its VIM only`;
    return { slots: 1, why: `${what}: one slot`, source: '[EA] A-69' };
  }
  const slots = Math.max(
    1,
    Math.ceil((cpus ?? 0) / SLOT.cpus),
    Math.ceil((memory ?? 0) / SLOT.memoryMb),
    Math.ceil((disk ?? 0) / SLOT.diskGb),
  );
  const shape = [
    cpus === undefined ? '' : `${cpus} vCPU`,
    memory === undefined ? '' : `${Math.round(memory)} MB memory`,
    disk === undefined ? '' : `${Number(disk.toFixed(2))} GB disk`,
  ].filter((text) => text !== '');
  return { slots: Math.min(slots, 100_000), why: `${shape.join(', ')}; ${unit}`, source: '[EA] A-69' };
}
