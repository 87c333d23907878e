import type { Injection, Scenario } from './scenario.ts';

/** What is wrong with a planned change of a cluster or of a hop, and where in it. */
export interface ChangeProblem {
  readonly at: 'element' | 'vnfd';
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

type Change = Pick<Injection, 'element' | 'operation' | 'vnfd'>;
type Parts = Pick<Scenario, 'groups' | 'flows'>;

/** First thing wrong with the planned change, or undefined. Members of a cluster are made from one descriptor. */
export function changeProblem(change: Change, scenario: Parts): ChangeProblem | undefined {
  const { operation } = change;
  return operation === 'scaleOut' || operation === 'scaleIn'
    ? scalingProblem(change, scenario)
    : clusterProblem(change, scenario);
}

/** A hop is scaled where its pairs share the load, and the chain is told of it. */
function scalingProblem({ operation, element, vnfd }: Change, { groups, flows }: Parts): ChangeProblem | undefined {
  const scales = (id: string): boolean => flows[groups[id]!.flow]?.scaling !== undefined;
  if (!Object.hasOwn(groups, element) || !scales(element)) {
    const hops = Object.keys(groups).filter(scales);
    return {
      at: 'element',
      code: 'dangling-reference',
      message: `"${element}" is no hop of a port chain that can be scaled`,
      hint:
        hops.length > 0 ? `for example ${hops[0]}` : 'a hop with scheme: load-balanced in a chain with notify: true',
    };
  }
  if (groups[element]!.state.protection === 'peer-ring') return ringProblem(element);
  if (vnfd === undefined) return undefined;
  return {
    at: 'vnfd',
    code: 'conflicting-keys',
    message: `"vnfd" goes with operation: clusterMemberAdd, not with ${operation}`,
    hint: 'leave "vnfd" away',
  };
}

function ringProblem(id: string): ChangeProblem {
  return {
    at: 'element',
    code: 'not-supported',
    message: `members of "${id}" hold copies of one another around a ring, which does not grow or shrink here`,
    hint: 'another protection of the state',
  };
}

function clusterProblem({ operation, element, vnfd }: Change, { groups }: Parts): ChangeProblem | undefined {
  const adds = operation === 'clusterMemberAdd';
  const clusters = Object.keys(groups).filter((id) => groups[id]!.cluster !== undefined);
  const at = element.lastIndexOf('/');
  const id = adds || at < 0 ? element : element.slice(0, at);
  const cluster = Object.hasOwn(groups, id) ? groups[id]!.cluster : undefined;
  if (cluster === undefined || (!adds && at < 0)) {
    return {
      at: 'element',
      code: 'dangling-reference',
      message: adds ? `there is no cluster "${element}"` : `"${element}" is no member of a cluster`,
      hint:
        clusters.length === 0
          ? 'groups with "cluster" are clusters'
          : `for example ${clusters[0]}${adds ? '' : '/standby'}`,
    };
  }
  if (groups[id]!.state.protection === 'peer-ring') return ringProblem(id);
  if (adds && groups[id]!.scheme === 'simplex') {
    return {
      at: 'element',
      code: 'not-supported',
      message: `cluster "${id}" has one member and no flow that hands over from it to another one`,
      hint: 'roles: {standby: {VIM0: 1}}',
    };
  }
  if (vnfd === undefined || vnfd === cluster.vnfd) return undefined;
  return {
    at: 'vnfd',
    code: 'wrong-vnfd',
    message: `a member made from "${vnfd}" cannot join cluster "${id}": all of its members are made from "${cluster.vnfd}"`,
    hint: `vnfd: ${cluster.vnfd}`,
  };
}
