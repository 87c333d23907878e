import { readAlarming } from './alarm-policy.ts';
import { readInitial, readLevelNames, readLevels } from './instantiation-levels.ts';
import { readAffinity, readPlacement } from './placement-policy.ts';
import type { Reading } from './policy-targets.ts';
import { readAspects, readDeltas, readScaling } from './scaling-policy.ts';
import type { Policy } from './template.ts';
import { entry } from './tree.ts';

type Reader = (policy: Policy, reading: Reading) => void;

/** What each kind of policy says; other kinds are ignored with a finding. */
const READERS: Readonly<Record<string, Reader>> = {
  scaling: readScaling,
  alarming: readAlarming,
  monitoring: readAlarming,
  placement: readPlacement,
  antiaffinityrule: (policy, reading) => readAffinity(policy, true, reading),
  affinityrule: (policy, reading) => readAffinity(policy, false, reading),
  scalingaspects: readAspects,
  vduinitialdelta: readInitial,
  vduscalingaspectdeltas: readDeltas,
  vduinstantiationlevels: readLevels,
  instantiationlevels: readLevelNames,
};

/** Kinds without influence on how many members there are and where, each with the reason. */
const IGNORED: Readonly<Record<string, string>> = {
  virtuallinkinstantiationlevels: 'bit rates of virtual links do not change who is up',
  virtuallinkinitialdelta: 'bit rates of virtual links do not change who is up',
  virtuallinkbitrateinitialdelta: 'bit rates of virtual links do not change who is up',
  virtuallinkbitratelevels: 'bit rates of virtual links do not change who is up',
  virtuallinkbitratescalingaspectdeltas: 'bit rates of virtual links do not change who is up',
  virtuallinkscalingaspectdeltas: 'virtual links are not scaled here',
  securitygrouprule: 'packet filters do not change who is up',
  supportedvnfinterface: 'interfaces of the VNF are not modelled',
  vnfpackagechange: 'changes of the package are no part of a running VNF',
  vnfindicator: 'indicators are read by the VNFM; what follows from them is not described',
  lcmcoordinationaction: 'hooks of the life cycle; what they do is not described',
  lcmcoordinationactionposition: 'hooks of the life cycle; what they do is not described',
  reservation: 'reserved resources are there; who reserves them does not matter',
};

/** Reads the policies of a VNF in an order in which each finds what it builds on. */
export function readAllPolicies(reading: Reading): void {
  const order = Object.keys(READERS);
  const { ledger } = reading.context;
  const sorted = [...reading.policies].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  for (const policy of sorted) {
    const reader = READERS[policy.kind];
    if (reader !== undefined) reader(policy, reading);
    else if (IGNORED[policy.kind] !== undefined) ledger.ignore(policy.entry, IGNORED[policy.kind]!);
    else {
      const place = entry(policy.body, 'type')!.value.place;
      reading.context.find(
        place,
        'unknown-policy',
        `nothing is known about policies of type "${policy.type}"; "${policy.name}" is left out`,
      );
      ledger.ignore(policy.entry, 'a policy of an unknown type');
    }
  }
}
