import { basename } from 'node:path';
import type { ImportedFile, ImportReport } from '../../model/descriptor.ts';
import { InputError, type Problem } from '../../model/problem.ts';
import { clusterOf, readCluster } from './cluster.ts';
import { checkConsistency } from './consistency.ts';
import { Context } from './context.ts';
import { isDoctor, readDoctor } from './doctor.ts';
import { readFile } from './document.ts';
import { idOf } from './ids.ts';
import { keysOf } from './ledger.ts';
import { checkImports, readNetworkService, readPaths } from './network-service.ts';
import type { Plan } from './plan.ts';
import { preToscaVdus, readPreTosca } from './pre-tosca.ts';
import { reasonFor } from './reasons.ts';
import { isRest, readRest } from './rest.ts';
import { type Draft, draft } from './scenario.ts';
import { readSol006, readSol006Service, sol006Of, sol006Service } from './sol006.ts';
import { readTemplate } from './template.ts';
import { type Dictionary, descendants, type Entry, entriesOf, entry, isScalar, textOf } from './tree.ts';
import { Types } from './types.ts';
import { blackBox, describesVnf, documentTitle, readVnf } from './vnf.ts';
import { difference, writeScenario } from './write.ts';

/** A descriptor file: `file` names it in problems and in the report. */
export interface DescriptorSource {
  readonly file: string;
  readonly text: string;
}

/** Descriptors as a scenario, and what has become of every key of theirs. */
export interface ImportedScenario {
  /** YAML that `readScenario` accepts without errors. */
  readonly scenario: string;
  readonly report: ImportReport;
}

interface Document {
  readonly file: string;
  readonly root: Dictionary;
  kind: string;
}

/**
 * Turns descriptors of VNFs, network services, forwarding graphs and clusters into one scenario, with an account of every
 * key. Defects are findings and reading goes on; nothing but the given texts is read.
 * @throws InputError when none of the texts describes anything that can be up or down.
 */
export function importDescriptors(sources: readonly DescriptorSource[]): ImportedScenario {
  const context = new Context();
  const files = sources.map(({ file, text }) => readFile(text, file));
  for (const { file, frameAt, problems } of files) {
    context.addFrames(file, frameAt);
    context.findings.push(...problems);
  }
  const documents = files.flatMap(({ file, documents: roots }) =>
    roots.map((root): Document => ({ file, root, kind: 'not a descriptor' })),
  );
  const plan = readPlan(documents, context);
  if (plan.vnfs.length + plan.paths.length + plan.clusters.length + plan.networks.length === 0) {
    const message = 'nothing in it can be up or down: no VDU, no VNF, no forwarding path, no cluster';
    const [first] = sources;
    const nothing: Problem = {
      level: 'error',
      code: 'no-descriptor',
      message: first === undefined ? 'no file was given' : message,
      ...(first === undefined ? {} : { place: { file: first.file, line: 1, column: 1 } }),
    };
    const errors = context.findings.filter(({ level }) => level === 'error');
    throw new InputError(errors.length > 0 ? errors : [nothing, ...context.findings]);
  }
  const base = draft(plan, context);
  if (base.rows.length === 0)
    throw new InputError(
      context.findings.length > 0
        ? context.findings
        : [{ level: 'error', code: 'no-descriptor', message: 'no VDU has an instance' }],
    );
  const variants = variantsOf(plan, base);
  const name = sources.length === 1 || plan.networks.length === 0 ? nameOf(plan, sources) : plan.networks[0]!.name;
  const report = reportOf(
    documents,
    files.map(({ file }) => file),
    base,
    context,
  );
  const scenario = writeScenario(base, {
    name: idOf(name),
    title: titleOf(plan),
    comment: commentOf(sources, report),
    variants,
  });
  return { scenario, report };
}

function readPlan(documents: readonly Document[], context: Context): Plan {
  const types = new Types();
  const plan: Plan = { vnfs: [], paths: [], clusters: [], networks: [] };
  for (const { root } of documents) types.add(root);
  readInputs(documents, context);
  const known = (name: string): boolean => {
    const own = basename(name).replace(/\.(?:ya?ml|json)$/i, '');
    const titles = documents.map(({ root }) => textOf(documentTitle(root)?.value));
    const files = documents.map(({ file }) => basename(file).replace(/\.\w+$/, ''));
    return (
      titles.includes(own) ||
      files.some((file) => file === own || (file.endsWith(own) && /[-_.]$/.test(file.slice(0, -own.length))))
    );
  };
  const defined: Entry[] = [];
  for (const document of documents) {
    const { root, file } = document;
    if (document.kind === 'parameters') continue;
    const cluster = isTosca(root) ? undefined : clusterOf(root);
    if (preToscaVdus(root) !== undefined) {
      document.kind = 'VNFD (2015)';
      plan.vnfs.push(readPreTosca(root, file, context));
    } else if (sol006Of(root) !== undefined) {
      document.kind = 'VNFD (SOL006)';
      plan.vnfs.push(readSol006(root, file, context));
    } else if (sol006Service(root) !== undefined) {
      document.kind = 'NSD (SOL006)';
      plan.networks.push(readSol006Service(root, file, context));
    } else if (isDoctor(root)) {
      document.kind = 'settings (Doctor)';
      plan.vnfs.push(readDoctor(root, file, context));
    } else if (cluster !== undefined) {
      document.kind = 'cluster policy';
      const read = readCluster(root, file, context);
      if (read !== undefined) plan.clusters.push(read);
    } else if (isTosca(root)) {
      document.kind = readTosca(document, plan, types, defined, context);
    } else if (isRest(root)) {
      document.kind = 'part of a descriptor';
      readRest(root, file, plan, types, context);
    } else if (entry(root, 'TOSCA-Meta-File-Version') !== undefined || entry(root, 'CSAR-Version') !== undefined) {
      document.kind = 'contents of a package';
      const definitions = entry(root, 'Entry-Definitions');
      if (definitions !== undefined && !known(textOf(definitions.value) ?? ''))
        context.find(
          definitions.value.place,
          'missing-import',
          `"${textOf(definitions.value) ?? ''}" was not given`,
          'name that file',
        );
    } else if (entriesOf(root).length > 0) {
      context.find(
        root.place,
        'no-descriptor',
        'the document is no descriptor that is known',
        'VNFD, NSD, VNFFGD and cluster policies are read',
        'error',
      );
    }
  }
  for (const { root } of documents) {
    const own = plan.networks.filter((service) => service.root === root);
    const complete = own.some(
      ({ constituents }) =>
        constituents.length > 0 &&
        constituents.every(({ type }) => plan.vnfs.some(({ names }) => names.includes(type))),
    );
    checkImports(root, (name) => complete || known(name), context);
  }
  // Types alone: a VNF of which only the type is known.
  if (plan.vnfs.length + plan.paths.length + plan.clusters.length + plan.networks.length === 0) {
    for (const each of defined) {
      context.find(
        each.place,
        'missing-descriptor',
        `"${each.key}" is a type without any template; it is one instance of which nothing is known`,
        'name the file with its VDUs as well',
      );
      context.ledger.approximate(each, 'a VNF of which only the type is known');
      plan.vnfs.push(blackBox(each.key, each, 'unknown', 1, 'only its type is given'));
    }
  }
  return plan;
}

/** A TOSCA template: what it describes decides what it is. */
function readTosca(document: Document, plan: Plan, types: Types, defined: Entry[], context: Context): string {
  const { root, file } = document;
  const version = entriesOf(root).find(({ key }) => /^to\w+_definitions_version$/.test(key));
  if (
    version !== undefined &&
    (version.key !== 'tosca_definitions_version' || /^to[ks]?[as]ca(?<!tosca)_/.test(textOf(version.value) ?? ''))
  )
    context.find(
      version.place,
      'misspelt-type',
      `"${version.key}: ${textOf(version.value) ?? ''}" is read as tosca_definitions_version`,
    );
  const template = readTemplate(root, types, context);
  checkConsistency(template, types, context);
  const paths = readPaths(template, context);
  plan.paths.push(...paths);
  const vnfTypes = entriesOf(entry(root, 'node_types')?.value).filter(({ key }) => types.role(key) === 'vnf');
  if (describesVnf(template)) {
    const vnf = readVnf(template, file, context);
    plan.vnfs.push(vnf);
    return `VNFD (${vnf.generation === 'tacker' ? 'Tacker' : 'SOL001'})`;
  }
  const constituents = template.nodes.filter(({ role }) => role === 'vnf' || role === 'pnf');
  if (constituents.length > 0) {
    plan.networks.push(readNetworkService(template, file, context));
    // The top of a package names the one VNF that its flavours describe.
    const top = constituents.length === 1 && template.nodes.every(({ role }) => role === 'vnf');
    return top ? 'VNFD without flavour' : 'NSD';
  }
  if (paths.length > 0) return 'VNFFGD';
  if (vnfTypes.length > 0) {
    defined.push(...vnfTypes);
    for (const each of vnfTypes) context.ledger.approximate(entry(each.value, 'derived_from'), 'what the type is');
    return 'type definitions';
  }
  if (template.nodes.length === 0 && entry(root, 'node_types') !== undefined) return 'type definitions';
  if (template.policies.length > 0 || template.nodes.length > 0) {
    // Still a VNF: whatever it has is read, and reported.
    readVnf(template, file, context);
    context.find(
      root.place,
      'no-vdu',
      'the template has no VDU',
      'type: tosca.nodes.nfv.VDU.Tacker, or tosca.nodes.nfv.Vdu.Compute',
    );
    return 'template without VDU';
  }
  context.find(root.place, 'no-vdu', 'the template is empty');
  return 'template without VDU';
}

function isTosca(root: Dictionary): boolean {
  return entriesOf(root).some(
    ({ key, value }) =>
      /^to\w+_definitions_version$/.test(key) ||
      (!isScalar(value) && ['topology_template', 'node_templates', 'node_types'].includes(key)),
  );
}

/** Defaults of inputs, and files that are nothing but values of inputs. */
function readInputs(documents: readonly Document[], context: Context): void {
  const names = new Set<string>();
  for (const { root } of documents) {
    for (const section of [entry(entry(root, 'topology_template')?.value, 'inputs'), entry(root, 'inputs')]) {
      for (const each of entriesOf(section?.value)) {
        names.add(each.key);
        const fallback = entry(each.value, 'default');
        if (fallback !== undefined) context.inputs.set(each.key, fallback);
      }
    }
  }
  for (const document of documents) {
    const { root } = document;
    const leaves = descendants(root).filter(({ value }) => isScalar(value));
    if (isTosca(root) || preToscaVdus(root) !== undefined || clusterOf(root) !== undefined || leaves.length === 0)
      continue;
    if (!leaves.some(({ key }) => names.has(key)) || sol006Of(root) !== undefined || isRest(root)) continue;
    document.kind = 'parameters';
    for (const each of leaves) if (names.has(each.key)) context.inputs.set(each.key, each);
  }
}

/** Other instantiation levels as variants: what they change. */
function variantsOf(plan: Plan, base: Draft): Readonly<Record<string, unknown>> {
  const levels = new Set(plan.vnfs.flatMap(({ vdus }) => vdus.flatMap((vdu) => [...vdu.levels.keys()])));
  const variants: Record<string, unknown> = {};
  for (const level of [...levels].slice(0, MOST_VARIANTS)) {
    const other = draft(plan, new Context(), level);
    if (other.rows.length === 0) continue;
    const change = difference(base.sections, other.sections);
    if (change !== undefined && !Object.hasOwn(variants, idOf(level))) variants[idOf(level)] = change;
  }
  return variants;
}

const MOST_VARIANTS = 20;

function nameOf(plan: Plan, sources: readonly DescriptorSource[]): string {
  if (plan.clusters.length > 0 && plan.vnfs.length === 1) return plan.vnfs[0]!.name;
  if (plan.vnfs.length === 1) return plan.vnfs[0]!.name;
  return basename(sources[0]?.file ?? 'imported').replace(/\.\w+$/, '');
}

function titleOf(plan: Plan): string {
  const parts = [
    [plan.vnfs.length, 'VNF'],
    [plan.networks.length, 'network service'],
    [plan.clusters.length, 'cluster'],
    [plan.paths.length, 'forwarding path'],
  ] as const;
  const counts = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}${count === 1 ? '' : 's'}`);
  return `${counts.join(', ')}, imported`;
}

function commentOf(
  sources: readonly DescriptorSource[],
  { taken, approximated, files, assumed, findings }: ImportReport,
): readonly string[] {
  const keys = files.reduce((sum, file) => sum + file.keys, 0);
  return [
    `Imported from ${sources.map(({ file }) => basename(file)).join(', ')}.`,
    `${keys} keys: ${taken.length} taken, ${approximated.length} in part, the others without influence; ${assumed.length} assumptions, ${findings.length} findings.`,
    'Assumed, because descriptors do not say it:',
    ...assumed.map(({ path, value, why, source }) => `  ${path} = ${value}: ${why} ${source}`),
    '',
  ].slice(0, 400);
}

function reportOf(
  documents: readonly Document[],
  files: readonly string[],
  base: Draft,
  context: Context,
): ImportReport {
  const closed = documents.map(({ file, root }) => ({ file, root, ...context.ledger.close(root, reasonFor) }));
  const order = (problem: Problem): readonly [number, number, number] => [
    files.indexOf(problem.place?.file ?? ''),
    problem.place?.line ?? 0,
    problem.place?.column ?? 0,
  ];
  const findings = [...context.findings].sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
  const rows = files.map((file): ImportedFile => {
    const own = closed.filter((each) => each.file === file);
    const keys = own.reduce((sum, { root }) => sum + keysOf(root).length, 0);
    const count = (verdict: 'taken' | 'approximated' | 'ignored'): number =>
      own.reduce((sum, each) => sum + each[verdict].reduce((n, { below }) => n + 1 + (below ?? 0), 0), 0);
    const kinds = [...new Set(documents.filter((each) => each.file === file).map(({ kind }) => kind))];
    return {
      file,
      kind: kinds.length === 0 ? 'not readable' : kinds.join(', '),
      keys,
      taken: count('taken'),
      approximated: count('approximated'),
      ignored: count('ignored'),
      findings: findings.filter(({ place }) => place?.file === file).length,
    };
  });
  return {
    format: 'carriergrade/import/1',
    files: rows,
    groups: base.rows,
    services: base.services,
    taken: closed.flatMap((each) => each.taken),
    approximated: closed.flatMap((each) => each.approximated),
    ignored: closed.flatMap((each) => each.ignored),
    assumed: context.assumptions,
    findings,
  };
}
