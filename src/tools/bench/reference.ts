import { type FarmResult, farmMeans } from './farm.ts';
import { HOSTS, hostOf, MEMBERS } from './phases.ts';

/**
 * The same models as tight loops: one generator, no streams, no laws, no order at equal times, hours in plain doubles.
 * What a benchmark prints is the speed of the kernel against these, which cancels the speed of the machine.
 * They must not be tuned: every ratio printed so far refers to them as they are.
 */

const EDGE = 7.69711747013105;

/** Exponential and normal variates of one sfc32 generator; the normals by Box and Muller. */
function variates(seed: number): { exponential: () => number; normal: () => number } {
  const x = new Float64Array(257);
  x[0] = EDGE + 1;
  x[1] = EDGE;
  const area = (EDGE + 1) * Math.exp(-EDGE);
  for (let i = 2; i < 256; i++) x[i] = -Math.log(Math.exp(-x[i - 1]!) + area / x[i - 1]!);
  let a = seed;
  let b = 1;
  let c = 2;
  let d = 3;
  const word = (): number => {
    const out = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out;
  };
  const uniform = (): number => (word() >>> 0) * 2 ** -32;
  const exponential = (): number => {
    for (let shift = 0; ; ) {
      const high = word();
      const layer = high & 255;
      const value = ((high >>> 8) + uniform()) * 2 ** -24 * x[layer]!;
      if (value < x[layer + 1]!) return shift + value;
      if (layer === 0) shift += EDGE;
      else {
        const floor = Math.exp(-x[layer]!);
        if (floor + uniform() * (Math.exp(-x[layer + 1]!) - floor) < Math.exp(-value)) return shift + value;
      }
    }
  };
  const normal = (): number => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());
  for (let i = 0; i < 20; i++) word();
  return { exponential, normal };
}

/** Sum of `draws` exponentials with mean 1. */
export function referenceExponentials(draws: number): number {
  const { exponential } = variates(3);
  let sum = 0;
  for (let i = 0; i < draws; i++) sum += exponential();
  return sum;
}

/** Model A on a heap that only ever replaces its root. */
export function referenceFarm(n: number, events: number): FarmResult {
  const { exponential } = variates(1);
  const upMean = new Float64Array(n);
  const repairMean = new Float64Array(n);
  const time = new Float64Array(n + 2).fill(Number.POSITIVE_INFINITY);
  const slot = new Int32Array(n + 2);
  const isUp = new Uint8Array(n).fill(1);
  const sink = (place: number, key: number, owner: number): void => {
    for (let child = 2 * place + 1; child < n; child = 2 * place + 1) {
      child += Number(time[child + 1]! < time[child]!);
      if (!(time[child]! < key)) break;
      time[place] = time[child]!;
      slot[place] = slot[child]!;
      place = child;
    }
    time[place] = key;
    slot[place] = owner;
  };
  for (let i = n - 1; i >= 0; i--) {
    upMean[i] = farmMeans(n, i).up;
    repairMean[i] = farmMeans(n, i).repair;
    sink(i, upMean[i]! * exponential(), i);
  }
  const needed = Math.floor(0.98 * n);
  let up = n;
  let since = 0;
  let upTime = 0;
  let shortTime = 0;
  for (let event = 0; event < events; event++) {
    const now = time[0]!;
    const owner = slot[0]!;
    upTime += (now - since) * up;
    if (up < needed) shortTime += now - since;
    since = now;
    const wasUp = isUp[owner]!;
    isUp[owner] = 1 - wasUp;
    up += 1 - 2 * wasUp;
    sink(0, now + (wasUp === 1 ? repairMean[owner]! : upMean[owner]!) * exponential(), owner);
  }
  return { events, availability: upTime / since / n, short: shortTime / since };
}

/** Model B on an indexed heap in which every slot always has a timer. Returns the mean number of pairs down. */
export function referencePhases(events: number): number {
  const { exponential, normal } = variates(2);
  const slots = MEMBERS + HOSTS;
  const time = new Float64Array(slots + 2).fill(Number.POSITIVE_INFINITY);
  const slot = new Int32Array(slots + 2);
  const place = new Int32Array(slots);
  const arm = (owner: number, key: number): void => {
    let at = place[owner]!;
    const start = at;
    for (let parent = (at - 1) >> 1; at > 0 && key < time[parent]!; parent = (at - 1) >> 1) {
      time[at] = time[parent]!;
      slot[at] = slot[parent]!;
      place[slot[at]!] = at;
      at = parent;
    }
    if (at === start) {
      for (let child = 2 * at + 1; child < slots; child = 2 * at + 1) {
        child += Number(time[child + 1]! < time[child]!);
        if (!(time[child]! < key)) break;
        time[at] = time[child]!;
        slot[at] = slot[child]!;
        place[slot[at]!] = at;
        at = child;
      }
    }
    time[at] = key;
    slot[at] = owner;
    place[owner] = at;
  };
  const phase = new Uint8Array(MEMBERS);
  const hostDown = new Uint8Array(HOSTS);
  const membersOn: number[][] = Array.from({ length: HOSTS }, () => []);
  let now = 0;
  let down = 0;
  const enter = (member: number, next: number): void => {
    phase[member] = next;
    let duration = 0.01;
    if (next === 0) duration = 500 * exponential();
    else if (next === 2) duration = 0.005 * Math.exp(0.5 * normal());
    else if (next === 3) duration = 0.05 * Math.exp(0.8 * normal());
    else if (next === 4) duration = 0.1 * exponential();
    arm(member, now + duration);
  };
  const fail = (member: number): void => {
    if (phase[member ^ 1] !== 0) {
      if (phase[member] === 0) down++;
      enter(member ^ 1, 1);
    }
    enter(member, 1);
  };
  for (let i = 0; i < slots; i++) {
    place[i] = i;
    slot[i] = i;
  }
  for (let member = 0; member < MEMBERS; member++) {
    membersOn[hostOf(member)]!.push(member);
    enter(member, 0);
  }
  for (let host = 0; host < HOSTS; host++) arm(MEMBERS + host, 200 * exponential());
  let since = 0;
  let downTime = 0;
  for (let event = 0; event < events; event++) {
    now = time[0]!;
    const owner = slot[0]!;
    downTime += (now - since) * down;
    since = now;
    if (owner >= MEMBERS) {
      const host = owner - MEMBERS;
      hostDown[host] = 1 - hostDown[host]!;
      arm(owner, now + (hostDown[host] === 1 ? 4 : 200) * exponential());
      if (hostDown[host] === 1) for (const member of membersOn[host]!) fail(member);
    } else if (phase[owner] === 0) fail(owner);
    else if (phase[owner] === 4) {
      if (phase[owner ^ 1] !== 0) down--;
      enter(owner, 0);
    } else enter(owner, phase[owner]! + 1);
  }
  return downTime / since;
}
