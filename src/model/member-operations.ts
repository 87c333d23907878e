import type { Injection, Scenario } from './scenario.ts';

/** What is wrong with a planned change of a cluster, and where in it. */
export interface ChangeProblem {
  readonly at: 'element' | 'vnfd';
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** First thing wrong with the planned change, or undefined. Members of a cluster are made from one descriptor. */
export function changeProblem(
  { operation, element, vnfd }: Pick<Injection, 'element' | 'operation' | 'vnfd'>,
  { groups }: Pick<Scenario, 'groups'>,
): ChangeProblem | undefined {
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
  if (groups[id]!.state.protection === 'peer-ring') {
    return {
      at: 'element',
      code: 'not-supported',
      message: `members of "${id}" hold copies of one another around a ring, which does not grow or shrink here`,
      hint: 'another protection of the state',
    };
  }
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
