import type { Estimate, Progress } from '../index.ts';
import type { Io } from './io.ts';

/** Seconds between two updates of the line on a terminal, and between two lines elsewhere. */
const TERMINAL_PERIOD = 0.1;
const LINE_PERIOD = 5;

export interface ProgressDisplay {
  readonly update: (progress: Progress) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

const SILENT: ProgressDisplay = { update: () => {}, end: () => {} };

/** One line that changes on a terminal, plain lines every few seconds elsewhere when asked for, nothing otherwise. */
export function progressDisplay(io: Io, { progress, quiet }: { progress?: true; quiet?: true }): ProgressDisplay {
  const { stderr } = io;
  const terminal = stderr.isTTY === true;
  if (quiet === true || (!terminal && progress !== true)) return SILENT;
  const started = io.clock();
  const period = terminal ? TERMINAL_PERIOD : LINE_PERIOD;
  let shown = Number.NEGATIVE_INFINITY;
  let length = 0;
  return {
    update: (state) => {
      const now = io.clock();
      if (now - shown < period) return;
      shown = now;
      const text = progressText(state, now - started);
      if (terminal) {
        const line = text.slice(0, (stderr.columns ?? 80) - 1);
        stderr.write(`\r${line.padEnd(length)}`);
        length = line.length;
      } else stderr.write(`${text}\n`);
    },
    end: () => {
      if (length > 0) stderr.write(`\r${' '.repeat(length)}\r`);
      length = 0;
    },
  };
}

/**
 * `120 of at most 1000 histories, at most 45 s left, voice 31.2 s/year [28, 35], 24000 years, 1.2e6 events, 2 workers`: what
 * matters most first, since a narrow terminal shows no more.
 */
export function progressText(state: Progress, elapsed: number): string {
  const { histories, of, years, events, workers = 1 } = state;
  const left = histories === 0 ? '' : `, at most ${timeText((elapsed * (of - histories)) / histories)} left`;
  const worst = state.worst?.();
  const interval = worst === undefined ? '' : `, ${worst.service} ${secondsText(worst.downtime)}`;
  const work = `${rounded(years)} years, ${rounded(events)} events`;
  const threads = workers === 1 ? '' : `, ${workers} workers`;
  return `${histories} of at most ${of} histories${left}${interval}, ${work}${threads}`;
}

/** `31.2 s/year [28, 35]`. */
function secondsText({ value, lo, hi }: Estimate): string {
  const text = (seconds: number, digits: number): string => String(Number(seconds.toPrecision(digits)));
  return `${text(value, 3)} s/year [${text(lo, 2)}, ${text(hi, 2)}]`;
}

function rounded(value: number): string {
  return value < 1e5 ? String(Math.round(value)) : value.toExponential(1).replace('e+', 'e');
}

function timeText(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 3_600)} h`;
}
