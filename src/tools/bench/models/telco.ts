import { exploreChain, type StateSpace } from '../../../analytic/chain/explore.ts';
import type { TransitionModel } from '../../../model/chain.ts';
import { enumerateOutcomes } from '../../../model/outcomes.ts';

/**
 * Reference model of `methods.md`, appendix A, with every phase exponential: active-standby guest pairs, one guest per
 * host, two top-of-rack switches, one controller (MANO) and a few repair crews. A guest comes back only while the
 * controller is up, a failover needs it too, and hosts and switches with broken hardware wait for a crew.
 */
export interface TelcoOptions {
  /** Number of pairs n; 2n guests and 2n hosts. */
  readonly pairs: number;
  readonly crews?: number;
}

/** Rates per hour and probabilities of case 7.6. */
const GUEST_FAULT = 1 / 1500;
const HOST_SOFTWARE_FAULT = 1 / 4380;
const HOST_HARDWARE_FAULT = 1 / 43_800;
const SWITCH_FAULT = 1e-5;
const CONTROLLER_FAULT = 1 / 2000;
const COVERAGE = 0.99;
const FAILOVER_SUCCESS = 0.98;
const DETECT_ACTIVE = 3600 / 3;
const DETECT_UNCOVERED = 1 / 0.25;
const DETECT_STANDBY = 1 / 0.5;
const REINSTANTIATE = 60 / 7;
const FAILOVER = 3600 / 10;
const MANUAL = 1;
const REBOOT = 60 / 10;
const HARDWARE_REPAIR = 1 / 4;
const CONTROLLER_RESTART = 1 / 0.5;

/** Guest: serving or ready / covered fault / uncovered fault / fault of a standby / waiting to be instantiated. */
const GUEST_UP = 0;
const GUEST_COVERED = 1;
const GUEST_UNCOVERED = 2;
const GUEST_STANDBY_FAULT = 3;
const GUEST_KNOWN_DEAD = 4;
/** Host or switch: up / rebooting / waiting for a crew / being repaired. */
const UP = 0;
const REBOOTING = 1;
const WAITING = 2;
const REPAIR = 3;
/** Service of a pair: served / interrupted / failing over / being restored by hand. */
const SERVED = 0;
const INTERRUPTED = 1;
const FAILING_OVER = 2;
const BY_HAND = 3;

type Choose = (probability: number) => boolean;

/** The model as transitions; rewards: any service down, both of the first two services down. */
export function telcoModel({ pairs, crews = 2 }: TelcoOptions): TransitionModel {
  const guests = 2 * pairs;
  const host = guests;
  const tor = 2 * guests;
  const controller = tor + 2;
  const service = controller + 1;
  const active = service + pairs;
  const width = active + pairs;
  const s = new Int32Array(width);

  const activeGuest = (pair: number): number => 2 * pair + s[active + pair]!;

  function guestFails(guest: number, choose: Choose): void {
    const pair = guest >> 1;
    const serving = guest === activeGuest(pair) && s[service + pair] === SERVED;
    if (!serving) s[guest] = GUEST_STANDBY_FAULT;
    else s[guest] = choose(1 - COVERAGE) ? GUEST_UNCOVERED : GUEST_COVERED;
  }

  function assignCrews(): void {
    let free = crews;
    for (let i = host; i < controller; i++) if (s[i] === REPAIR) free--;
    const take = (i: number): void => {
      if (free > 0 && s[i] === WAITING) {
        s[i] = REPAIR;
        free--;
      }
    };
    for (let i = tor; i < controller; i++) take(i);
    for (let i = host; i < tor; i++) take(i);
  }

  function settleService(pair: number): void {
    const serving = s[activeGuest(pair)]!;
    const ready = s[activeGuest(pair) ^ 1] === GUEST_UP && s[controller] === UP;
    let x = s[service + pair]!;
    if (x === SERVED && serving !== GUEST_UP) x = INTERRUPTED;
    if (x !== SERVED && serving === GUEST_UP) x = SERVED;
    if (x === FAILING_OVER && !ready) x = INTERRUPTED;
    if (x === INTERRUPTED && serving === GUEST_KNOWN_DEAD && ready) x = FAILING_OVER;
    s[service + pair] = x;
  }

  function settle(): void {
    assignCrews();
    for (let pair = 0; pair < pairs; pair++) settleService(pair);
  }

  function failoverEnds(pair: number, choose: Choose): void {
    if (choose(1 - FAILOVER_SUCCESS)) {
      s[service + pair] = BY_HAND;
      return;
    }
    s[active + pair]! ^= 1;
    s[service + pair] = SERVED;
  }

  function handsEnd(pair: number): void {
    const serving = activeGuest(pair);
    if (s[serving ^ 1] === GUEST_UP) {
      s[active + pair]! ^= 1;
      s[service + pair] = SERVED;
    } else s[service + pair] = s[serving] === GUEST_UP ? SERVED : INTERRUPTED;
  }

  function successors(state: Int32Array, emit: (rate: number, next: Int32Array) => void): void {
    const fire = (rate: number, change: (choose: Choose) => void): void => {
      enumerateOutcomes(
        (choose) => {
          s.set(state);
          change(choose);
          settle();
        },
        (probability) => emit(rate * probability, s),
      );
    };
    const move = (rate: number, i: number, value: number): void => {
      s.set(state);
      s[i] = value;
      settle();
      emit(rate, s);
    };

    for (let g = 0; g < guests; g++) {
      const guest = state[g]!;
      if (guest === GUEST_UP) fire(GUEST_FAULT, (choose) => guestFails(g, choose));
      else if (guest === GUEST_COVERED) move(DETECT_ACTIVE, g, GUEST_KNOWN_DEAD);
      else if (guest === GUEST_UNCOVERED) move(DETECT_UNCOVERED, g, GUEST_KNOWN_DEAD);
      else if (guest === GUEST_STANDBY_FAULT) move(DETECT_STANDBY, g, GUEST_KNOWN_DEAD);
      else if (state[host + g] === UP && state[controller] === UP) move(REINSTANTIATE, g, GUEST_UP);

      const hostState = state[host + g]!;
      if (hostState === UP) {
        for (const [rate, next] of HOST_FAULTS) {
          fire(rate, (choose) => {
            s[host + g] = next;
            if (s[g] === GUEST_UP) guestFails(g, choose);
          });
        }
      } else if (hostState === REBOOTING) move(REBOOT, host + g, UP);
      else if (hostState === REPAIR) move(HARDWARE_REPAIR, host + g, UP);
    }
    for (let i = tor; i < controller; i++) {
      if (state[i] === UP) move(SWITCH_FAULT, i, WAITING);
      else if (state[i] === REPAIR) move(HARDWARE_REPAIR, i, UP);
    }
    if (state[controller] === UP) move(CONTROLLER_FAULT, controller, 1);
    else move(CONTROLLER_RESTART, controller, UP);
    for (let pair = 0; pair < pairs; pair++) {
      if (state[service + pair] === FAILING_OVER) fire(FAILOVER, (choose) => failoverEnds(pair, choose));
      else if (state[service + pair] === BY_HAND) fire(MANUAL, () => handsEnd(pair));
    }
  }

  return {
    initial: new Int32Array(width),
    successors,
    rewardCount: 2,
    reward(state, out) {
      let down = 0;
      for (let pair = 0; pair < pairs; pair++) if (state[service + pair] !== SERVED) down++;
      if (state[tor] !== UP && state[tor + 1] !== UP) down = pairs;
      out[0] = down >= 1 ? 1 : 0;
      out[1] = down >= 2 ? 1 : 0;
    },
  };
}

const HOST_FAULTS = [
  [HOST_SOFTWARE_FAULT, REBOOTING],
  [HOST_HARDWARE_FAULT, WAITING],
] as const;

export function telcoStateSpace(options: TelcoOptions): StateSpace {
  return exploreChain(telcoModel(options));
}
