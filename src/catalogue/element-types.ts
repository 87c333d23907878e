import type { CauseClass, ElementKind } from '../model/scenario.ts';

/** A failure mode as a scenario file writes it, with the source of its numbers: one of rate, mtbf, mttf, fit. */
export interface CatalogueFailure {
  readonly rate?: string;
  readonly mtbf?: string;
  readonly mttf?: string;
  readonly fit?: string;
  readonly cause?: CauseClass;
  readonly repair?: string;
  readonly restart?: string;
  readonly source: string;
}

/** A named bundle of failure modes; nodes also bring their role and their slots. */
export interface ElementType {
  readonly title: string;
  readonly kind: ElementKind;
  readonly role?: 'compute' | 'control' | 'network' | 'storage' | 'monitor';
  readonly slots?: number;
  readonly failures: Readonly<Record<string, CatalogueFailure>>;
  /** Of role and slots. */
  readonly source: string;
}

const HARDWARE: CatalogueFailure = { rate: '0.05 / year', repair: '4 h', source: '[EA] rate; [B] B-64 repair' };
const HOST_OS: CatalogueFailure = { rate: '0.5 / year', restart: '300 s', source: '[EA]' };
const SWITCH: ElementType['failures'] = {
  hw: {
    rate: '0.026 / year',
    repair: '4 h',
    source: '[EA] 0.081 / year, 32 % hardware (switch survival study); [B] repair',
  },
  sw: {
    rate: '0.055 / year',
    restart: '300 s',
    source: '[EA] 0.081 / year, 68 % not hardware (switch survival study)',
  },
};

const node = (title: string, role: NonNullable<ElementType['role']>, slots: number): ElementType => ({
  title,
  kind: 'node',
  role,
  slots,
  failures: { hw: HARDWARE, os: HOST_OS },
  source: '[EA]',
});

/**
 * Element types by id. Instances inside a group (`vm`, `container`, `vnf-app`) say nothing about coming back: the group
 * replaces them; as plain elements they restart in the default time of their kind.
 */
export const ELEMENT_TYPES: Readonly<Record<string, ElementType>> = {
  'compute-node': node('Server that hosts instances', 'compute', 20),
  'control-node': node('Server that hosts control functions', 'control', 0),
  'network-node': node('Server that routes between networks', 'network', 0),
  'storage-node': node('Server of the block or object storage', 'storage', 0),
  'monitor-node': node('Server of the monitoring system', 'monitor', 0),
  vm: {
    title: 'Virtual machine: guest operating system and virtual hardware',
    kind: 'guest',
    failures: { os: { rate: '0.5 / year', source: '[EA]' } },
    source: '[EA]',
  },
  container: {
    title: 'Container with its runtime',
    kind: 'guest',
    failures: { runtime: { rate: '0.5 / year', source: '[EA]' } },
    source: '[EA]',
  },
  'vnf-app': {
    title: 'Process of a network function',
    kind: 'app',
    failures: { crash: { rate: '2 / year', source: '[EA]' } },
    source: '[EA]',
  },
  spine: { title: 'Spine switch', kind: 'spine', failures: SWITCH, source: '[EA]' },
  leaf: { title: 'Leaf switch', kind: 'leaf', failures: SWITCH, source: '[EA]' },
  link: {
    title: 'Link between two devices',
    kind: 'link',
    failures: { fault: { rate: '0.02 / year', repair: '4 h', source: '[EA] rate; [B] B-64 repair' } },
    source: '[EA]',
  },
  bmc: {
    title: 'Way to the management controller of a node',
    kind: 'bmc',
    failures: { path: { rate: '0.05 / year', repair: '4 h', source: '[EA] rate, B-88; [B] B-64 repair' } },
    source: '[EA]',
  },
  'control-service': {
    title: 'One instance of a control-plane service',
    kind: 'control',
    failures: { sw: { rate: '1 / year', restart: '30 s', source: '[EA]' } },
    source: '[EA]',
  },
  store: {
    title: 'State store: a storage server with its software',
    kind: 'store',
    failures: { hw: HARDWARE, sw: HOST_OS },
    source: '[EA] as a storage node',
  },
  'load-balancer': {
    title: 'One load balancer instance',
    kind: 'load-balancer',
    failures: { crash: { rate: '2 / year', restart: '5 s', source: '[EA] as vnf-app' } },
    source: '[EA]',
  },
};
