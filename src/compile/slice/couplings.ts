import { type CompiledModel, isOfSeat, NEED, NEIGHBOUR, TRACK } from '../model.ts';
import { candidates } from '../rooms.ts';
import { programEnd } from '../watchers.ts';

/** Joins entities that influence each other. */
export type Join = (entities: readonly number[]) => void;

/** Whether anybody ever waits in the queue: it has fewer places than tracks that may need one. */
export function mayQueue({ queues }: Pick<CompiledModel, 'queues'>, queue: number): boolean {
  if (queue < 0) return false;
  // A spare that is taken comes back from the repair shop, whenever that is.
  if (queue === queues.slotQueue || queues.spares[queue] === 1) return true;
  return queues.crews[queue]! > 0 && queues.trackStart[queue + 1]! - queues.trackStart[queue]! > queues.crews[queue]!;
}

/**
 * Whoever may wait for the same crews, the same spares or the same places of a control function. Who never has to wait,
 * because there are as many places as there are who may ask, is not coupled to anybody.
 */
export function joinQueues(model: CompiledModel, entityOf: (element: number) => number, join: Join): void {
  const { queues, tracks, seats, elements } = model;
  for (let queue = 0; queue < queues.count; queue++) {
    // Slots are no single place: see `joinRooms`.
    if (queue === queues.slotQueue || !mayQueue(model, queue)) continue;
    const users: number[] = [];
    for (let i = queues.trackStart[queue]!; i < queues.trackStart[queue + 1]!; i++) {
      const track = queues.track[i]!;
      const owner = tracks.owner[track]!;
      const kind = tracks.kind[track]!;
      if (kind === TRACK.restore) users.push(entityOf(owner));
      // A place in a repair shop works for those who wait for the spares.
      else if (isOfSeat(kind)) users.push(elements.count + seats.group[owner]!);
    }
    join(users);
  }
}

/**
 * Groups whose members may move to the same nodes: where one goes, another finds less room. That holds however much room
 * there is, since the node with the most free slots is chosen. Members that stay where they are take no part.
 *
 * @param apart rooms in which that is of no account (see `alike.ts`)
 */
export function joinRooms(model: CompiledModel, apart: ReadonlySet<number>, join: Join): void {
  const { groups, elements, rooms } = model;
  const first = new Int32Array(rooms.count).fill(-1);
  for (let group = 0; group < groups.count; group++) {
    const room = groups.room[group]!;
    if (room < 0 || groups.inPlace[group] === 1 || apart.has(room)) continue;
    if (first[room]! < 0) first[room] = group;
    else join([elements.count + first[room]!, elements.count + group]);
  }
  const userOf = new Int32Array(elements.count).fill(-1);
  for (let room = 0; room < rooms.count; room++) {
    if (first[room]! < 0) continue;
    for (let i = rooms.nodeStart[room]!; i < rooms.nodeStart[room + 1]!; i++) {
      const node = rooms.node[i]!;
      if (userOf[node]! >= 0) join([elements.count + userOf[node]!, elements.count + first[room]!]);
      userOf[node] = first[room]!;
    }
  }
}

/**
 * Groups that hit others when their own fault management errs: a fault that is not contained takes a neighbour with it
 * (SEM-23), a wrong localisation switches a sibling over (SEM-20), and which one depends on all of them.
 */
export function joinVictims(model: CompiledModel, join: Join): void {
  const { groups, elements } = model;
  const { count } = elements;
  for (let group = 0; group < groups.count; group++) {
    const siblings = groups.sibling.subarray(groups.siblingStart[group]!, groups.siblingStart[group + 1]!);
    if (siblings.length > 0) join([group, ...siblings].map((one) => count + one));
    if (groups.containment[group]! >= 1) continue;
    if (groups.neighbour[group]! >= 0) join([count + group, count + groups.neighbour[group]!]);
  }
  if (!groups.neighbour.some((code, group) => code === NEIGHBOUR.host && groups.containment[group]! < 1)) return;
  // Whoever may stand on a node of a group whose faults spread to the neighbours there.
  const spreading = new Int32Array(count).fill(-1);
  const nodesOf = (group: number): Int32Array =>
    groups.inPlace[group] === 1
      ? model.seats.home.subarray(groups.seatStart[group]!, groups.seatStart[group + 1]!)
      : candidates(model, group);
  const spreads = (group: number): boolean =>
    groups.containment[group]! < 1 && groups.neighbour[group] === NEIGHBOUR.host;
  for (let group = 0; group < groups.count; group++) {
    if (!spreads(group)) continue;
    for (const node of nodesOf(group)) {
      if (node < 0) continue;
      if (spreading[node]! >= 0) join([count + spreading[node]!, count + group]);
      spreading[node] = group;
    }
  }
  for (let group = 0; group < groups.count; group++) {
    for (const node of nodesOf(group))
      if (node >= 0 && spreading[node]! >= 0) join([count + group, count + spreading[node]!]);
  }
}

/** Elements whose repair is dispatched when services are restored (SEM-32), and so waits for groups that fell with them. */
export function waitingRepairs({ elements, modes, steps }: CompiledModel): number[] {
  const waits = new Map<number, boolean>();
  const isWaiting = (first: number): boolean => {
    let known = waits.get(first);
    if (known === undefined) {
      known = steps.need
        .subarray(steps.needStart[first]!, steps.needStart[programEnd(steps, first)]!)
        .includes(NEED.remediated);
      waits.set(first, known);
    }
    return known;
  };
  const found: number[] = [];
  if (!steps.need.includes(NEED.remediated)) return found;
  for (let element = 0; element < elements.count; element++) {
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      if (modes.program[mode]! < 0 || !isWaiting(modes.program[mode]!)) continue;
      found.push(element);
      break;
    }
  }
  return found;
}
