import type { Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
import type { CampaignAct, CampaignCondition, Upgrade } from '../model/upgrade.ts';

/** FL-18 as data: steps of a campaign, and of what it starts on the members it deals with. */

const AT_ONCE: Law = { kind: 'deterministic', value: 0 };

interface CampaignStep {
  readonly id: string;
  readonly duration?: Law;
  readonly act?: CampaignAct;
  readonly needs?: readonly string[];
  readonly requires?: CampaignCondition;
  readonly otherwise?: string;
  readonly next?: string;
  readonly phase?: Step['phase'];
}

const step = ({ duration = AT_ONCE, act = 'none', needs = [], requires, ...rest }: CampaignStep): Step => ({
  by: 'operator',
  duration,
  needs,
  effects: ['campaign'],
  act,
  phase: 'switchover',
  ...(requires === undefined ? {} : { requires: [requires] }),
  ...rest,
});

/** Steps of the campaign itself: a batch at a time, on each of its targets a guest at a time, then the batch. */
export function campaignSteps(upgrade: Upgrade): readonly Step[] {
  const guests = guestSteps(upgrade);
  const waits = upgrade.waitsForRedundancy ? ['redundant'] : [];
  const choose = { requires: 'guest-left', otherwise: 'take-out', act: 'choose-guest' } as const;
  return [
    step({ id: 'next', needs: waits, requires: 'target-left', otherwise: 'finish', act: 'choose-targets' }),
    ...(guests.length === 0 ? [] : [step({ id: 'guest', ...choose }), ...guests]),
    step({ id: 'take-out', act: 'take-out' }),
    step({ id: 'upgraded', needs: ['targets-back'], act: 'put-back', next: 'next' }),
    step({ id: 'finish', act: 'end-campaign' }),
  ];
}

function guestSteps({ mode, fallback, copy, build }: Upgrade): readonly Step[] {
  const hand = (id: string, next: string): readonly Step[] => [
    step({ id, requires: 'guest-serves', otherwise: next, act: 'switch-guest' }),
    step({ id: `${id}-done`, needs: ['guest-settled'], act: 'leave-guest', next }),
  ];
  if (mode === 'forced') return [];
  if (mode === 'graceful') return hand('switch', 'guest');
  const stays = fallback === 'graceful' ? 'switch' : 'guest';
  const left = fallback === 'graceful' ? hand('switch', 'guest') : [];
  const admit = (next: string): Step => step({ id: 'admit', requires: 'guest-movable', otherwise: stays, next });
  if (mode === 'cold')
    return [
      admit('hand-over'),
      ...hand('hand-over', 'recreate'),
      step({ id: 'recreate', requires: 'guest-there', otherwise: 'guest', act: 'recreate-guest' }),
      step({ id: 'recreated', needs: ['guest-whole'], act: 'leave-guest', next: 'guest' }),
      ...left,
    ];
  return [
    admit(mode === 'migrate' ? 'copy' : 'build'),
    mode === 'migrate'
      ? step({ id: 'copy', duration: copy, phase: 'migration', requires: 'guest-there', otherwise: 'guest' })
      : step({ id: 'build', duration: build, requires: 'guest-there', otherwise: 'guest' }),
    step({ id: 'move', requires: 'guest-movable', otherwise: stays, act: 'move-guest' }),
    step({ id: 'moved', needs: ['guest-settled'], act: 'leave-guest', next: 'guest' }),
    ...left,
  ];
}

/** On the member: another one takes over from it, it stands still on its way, or its successor takes its place. */
export function guestPrograms({ grace, pause }: Pick<Upgrade, 'grace' | 'pause'>): {
  readonly switchover: Step;
  readonly pause: Step;
  readonly swap: Step;
} {
  const planned = { by: 'operator', needs: [], interrupts: true } as const;
  return {
    switchover: { ...planned, id: 'hand-over', duration: grace, effects: ['hand-over'], phase: 'switchover' },
    pause: { ...planned, id: 'pause', duration: pause, effects: ['relocate'], phase: 'migration', exposes: true },
    swap: { ...planned, id: 'swap', duration: grace, effects: ['relocate'], phase: 'switchover' },
  };
}
