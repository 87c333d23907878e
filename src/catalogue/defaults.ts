import { ALLOCATION_SPLIT } from './allocation-split.ts';

/**
 * Every value that a scenario may leave out, as a planner would write it, with where it comes from. One table: what is
 * not here is either stated in the file, part of a catalogue entry, or an error.
 *
 * Source tags: [A] and [B] are printed in the source documents (with the row), [U] is the upstream project one of them
 * describes, [EA] is an engineering assumption. A result lists every default it used.
 */
export interface Default {
  readonly value: string;
  readonly source: string;
}

const assumed = (value: string, row = ''): Default => ({ value, source: row === '' ? '[EA]' : `[EA] ${row}` });

/** What a scenario gets that it does not say, by section and key, each with the source it is taken from. */
export const DEFAULTS = {
  simulation: {
    seed: assumed('k1'),
    years: assumed('200', 'a clock of whole microseconds holds 285 years'),
    histories: assumed('100'),
    warmUp: assumed('0 s', 'SEM-10: starts with everything up'),
    confidence: assumed('95 %'),
  },
  target: { level: assumed('error') },
  element: { count: assumed('1'), rateFactor: assumed('0', 'a cold spare: it ages only while it is used') },
  node: {
    role: assumed('compute'),
    count: assumed('1'),
    slots: assumed('0'),
  },
  domain: { kind: assumed('rack') },
  fabric: {
    kind: assumed('leaf-spine', 'B-91'),
    linksPerPair: assumed('1'),
    borderLeaves: assumed('0', 'traffic leaves at the spines'),
    oversubscription: assumed('1', 'SEM-35: not oversubscribed'),
    load: assumed('20 %'),
    homing: { value: 'mlag', source: '[B] B-89' },
    failover: { value: '50 ms', source: '[B] B-48' },
    detection: { value: '10 ms', source: '[B] B-98: below 10 ms; [EA] at most a fifth of the failover' },
    coverage: assumed('99.9 %', 'SEM-19: faults of switches'),
    report: assumed('900 s', 'SEM-19: reported by users'),
    precomputedPaths: assumed('true', 'B-48'),
    pathComputation: assumed('200 ms', 'B-48'),
    preallocated: assumed('true', 'B-48'),
    allocation: assumed('1 s', 'B-48'),
    bondFailover: assumed('50 ms', 'B-89, B-90'),
    planeServes: assumed('control', 'B-89: management, internal API, storage management'),
    bmcRedundant: { value: 'true', source: '[B] B-88' },
  },
  control: {
    instances: assumed('1'),
    treatment: assumed('conditional', 'SEM-14: the control path matters when a step asks for it'),
    concurrency: assumed('unlimited'),
    operation: {
      notify: assumed('30 s', 'B-80: a failed operation is known to have failed'),
      orphans: assumed('5 %', 'B-80'),
    },
    cleanup: assumed('24 h', 'B-80: by the daily audit'),
    bus: {
      base: assumed('50 us', 'B-102: microseconds'),
      copy: assumed('10 us', 'B-102: below 1 ms for 64 recipients'),
      loss: assumed('0 %', 'B-102'),
      retransmit: assumed('2 ms', 'B-102'),
      burst: assumed('0', 'B-06: copies of telemetry under way'),
      priority: { value: 'true', source: '[B] B-102: prioritised delivery' },
    },
  },
  repair: {
    crews: assumed('unlimited'),
    discipline: assumed('first-come'),
    dispatch: assumed('detection', 'SEM-16: repair needs detection'),
    detection: assumed('0 s'),
    batch: assumed('0 s', 'B-64: not deferred'),
    diagnosis: assumed('0 s'),
    transientShare: assumed('0 %'),
    inspection: assumed('0 s'),
    wrongUnit: assumed('0 %', 'SEM-32'),
    swap: assumed('0 s', 'B-64: a pooled spare stands ready'),
  },
  failure: {
    manifestation: assumed('fail-stop'),
    predictionFalsePositives: assumed('0 / year', 'B-59'),
    /** From the proof test that finds a latent fault on. */
    latentRepair: assumed('0 s', 'put right during the test that finds it'),
  },
  proofTest: {
    renews: { value: 'all', source: 'IEC 61508-4, 3.8.5: restored to an as-new condition' },
  },
  /** How an element comes back when its failure mode does not say, by kind. */
  restore: {
    hardware: { value: '4 h', source: '[B] B-64: dispatch, travel and repair' },
    software: assumed('300 s', 'reboot'),
    guest: assumed('60 s', 'boot'),
    app: assumed('5 s', 'process restart, order of magnitude of A-53'),
    service: assumed('30 s', 'service restart'),
  },
  upgrade: {
    mode: assumed('graceful', 'FL-18 c'),
    fallback: assumed('graceful', 'B-82: switchover through the VNFM'),
    order: assumed('standby-first', 'B-76: one switchover per campaign'),
    batch: assumed('1', 'B-81'),
    waits: assumed('redundancy', 'B-78: the next only when redundancy is back'),
    perYear: { value: '12', source: '[B] B-77: monthly' },
    start: assumed('periodic', 'B-77: monthly, from a random instant on'),
    nodeTime: assumed('1200 s', 'domain 2.2'),
    copy: assumed('60 s', 'domain 2.2'),
    copyDegradation: assumed('10 %', 'B-83'),
    pause: assumed('500 ms', 'B-83'),
    build: assumed('100 s', 'as a new instance: 70 s, and 30 s until it is synchronised'),
    grace: assumed('100 ms', 'SEM-34: no detection'),
    destination: { value: 'upgraded-first', source: '[B] B-83: avoids double migration' },
    force: assumed('false', 'B-85'),
    storage: assumed('false', 'B-78'),
  },
  shock: {
    hits: assumed('all'),
    probability: assumed('100 %'),
  },
  operator: {
    restart: assumed('1800 s', 'SEM-13: restored by hand'),
  },
  group: {
    notification: {
      recipient: assumed('1', 'B-102: the first of the recipients'),
      stale: assumed('0 %', 'A-28: the map is up to date'),
      refresh: assumed('10 s', 'A-28: until the map knows the resource'),
      call: assumed('50 ms', 'one call to a control function'),
      timeout: assumed('1 s', 'B-101: no answer, on to the next scope'),
    },
    scheme: assumed('active-standby'),
    members: assumed('2', 'A-04: one active, one standby'),
    flowStateful: { value: 'FL-03', source: '[A] A-15' },
    flowStateless: { value: 'FL-02', source: '[A] A-13' },
    flowHop: { value: 'FL-14', source: '[A] A-62, A-68: the VNFs of a chain are created again' },
    flowSimplex: { value: 'respawn', source: '[A] A-68' },
    flowActiveActive: { value: 'FL-05', source: '[A] A-19' },
    flowBalanced: { value: 'FL-06', source: '[A] A-22' },
    flowBalancedStore: { value: 'FL-07', source: '[A] A-22' },
    flowBalancedRing: { value: 'FL-08', source: '[A] A-22, A-23' },
    membersActiveActive: { value: '2', source: '[A] A-16: N-way active with N = 2' },
    membersSharing: { value: '3', source: '[A] A-21: three members' },
    standbys: assumed('1', 'SEM-31: one standby for all others'),
    capacityActiveActive: assumed('100 %', 'A-16: one unit can carry the whole load'),
    load: assumed('1', 'nominal load'),
    revertive: assumed('false', 'SEM-30: roles stay'),
    retry: assumed('1 s', 'SEM-13'),
    manualEscalation: assumed('900 s', 'SEM-13'),
    failover: {
      deadline: { value: '15 s', source: '[B] B-22' },
      target: { value: '50 ms', source: '[B] B-48' },
    },
    fencing: assumed('false'),
    fencingAttempt: assumed('false', 'SEM-21: tried where it is required'),
    fencingOnFailure: assumed('manual', 'SEM-21'),
    splitBrain: {
      impactStateful: assumed('1', 'SEM-21: state is corrupt'),
      impactStateless: assumed('0.5', 'SEM-21'),
      resolve: assumed('1800 s', 'SEM-21: by hand'),
    },
    containment: { probability: assumed('99.9 %', 'SEM-23'), neighbour: assumed('peer', 'SEM-23') },
    failFast: { time: assumed('10 ms', 'SEM-27'), success: assumed('99.9 %', 'SEM-27') },
    layering: { holdOff: assumed('0 s', 'SEM-26'), raceLoss: assumed('100 ms', 'SEM-26: one switch time') },
    standby: { kind: assumed('hot', 'A-04'), rateFactor: assumed('1') },
    placement: {
      replacement: { value: 'pool', source: '[B] B-64: pooled resources' },
      slots: assumed('1'),
      acrossRegions: { value: 'false', source: '[A] A-36' },
      level: { value: 'node', source: '[A] A-09' },
      hard: assumed('true', 'A-09'),
    },
    detection: {
      detectors: { value: '[heartbeat-peer]', source: '[A] A-11' },
      confirm: { value: 'peer-check', source: '[A] A-23' },
      detectorsActiveActive: { value: '[client-timeout]', source: '[A] A-18' },
      detectorsBalanced: { value: '[lb-health-check]', source: '[A] A-22' },
      detectorsSimplex: { value: '[tacker-ping]', source: '[A] A-68' },
      detectorsContainer: assumed('[kubelet-probe, node-lease]', 'B-05: probes of Kubernetes as it comes'),
      coverage: assumed('99 %', 'SEM-19: faults of applications'),
      uncoveredDetect: assumed('900 s', 'SEM-19: reported by users'),
      uncoveredThen: assumed('manual', 'SEM-19'),
      standbyCoverage: assumed('99 %', 'SEM-19d: as for the active member'),
      audit: assumed('{uniform: [0 h, 24 h]}', 'SEM-19d: audit every 24 h'),
      whileExposed: assumed('normal'),
      gray: { coverage: assumed('90 %', 'SEM-27: harder to see than a stop'), latency: assumed('60 s', 'SEM-27') },
    },
    recovery: {
      starts: { value: 'restored', source: '[A] A-06: replacing follows failover' },
      startsOfHops: { value: 'detected', source: '[A] A-68: respawn is the reaction to the fault' },
      concurrency: assumed('unlimited'),
      takeover: assumed('immediate', 'SEM-29'),
    },
    state: {
      stateful: assumed('true'),
      protection: { value: 'peer-checkpoint', source: '[A] A-05' },
      required: assumed('false', 'SEM-25c'),
      storeMode: assumed('fail', 'SEM-22: must be declared'),
      stateForAll: assumed('false', 'SEM-31'),
      snapshotInterval: assumed('60 s', 'A-02'),
      sessionHold: assumed('180 s'),
      reattach: assumed('5 s', 'SEM-07'),
    },
  },
  /** Parameters that the steps of the catalogue's flows name, and the two of the manual path and of cold standbys. */
  times: {
    consistencyCheck: assumed('100 ms', 'A-15'),
    activation: assumed('50 ms', 'A-13'),
    addressTakeover: assumed('50 ms', 'A-07: gratuitous ARP'),
    controlCall: assumed('50 ms', 'one call to a control function'),
    remap: assumed('1 s', 'A-10: connection point'),
    localise: assumed('1 ms', 'local agent; 160 ms through a central inspector'),
    relocalise: assumed('160 ms', 'SEM-20: through a central inspector'),
    fence: assumed('1 s', 'power off through the management controller'),
    fenceTimeout: assumed('29 s', 'SEM-21: given up 30 s after it began'),
    terminate: assumed('5 s'),
    spawn: assumed('60 s', 'boot of a virtual machine'),
    configure: assumed('5 s'),
    sync: assumed('30 s', 'SEM-24'),
    switchover: assumed('100 ms', 'FL-18: graceful, no detection'),
    coldStart: assumed('60 s', 'boot of a virtual machine'),
    manualRestore: assumed('1800 s', 'SEM-13'),
  },
  /** Those that are others where members are containers (B-05). */
  containerTimes: {
    spawn: assumed('5 s', 'B-05: a container starts; its image is there'),
    configure: assumed('1 s', 'B-05: ready at its first probe'),
    coldStart: assumed('5 s', 'B-05: start of a container'),
  },
  /** More of them, for groups whose members share the load, for those that switch back, and for agents that act locally. */
  sharingTimes: {
    remoteCommand: assumed('1 s', 'A-51, A-53: four zero samples and 5 s between good ones'),
    stepDuration: assumed('3600 s', 'A-52: 0 means the default; at least 60 s'),
    localAction: assumed('20 ms', 'B-93: agent, detect + message + remediate below 50 ms'),
    retarget: assumed('0 s', 'A-18: within the timeout of the client'),
    redirect: assumed('0 s', 'A-22: the load balancer stops sending'),
    fetchState: assumed('100 ms', 'A-05: as a consistency check'),
    takeShare: assumed('0 s', 'A-23: the holder of the copy serves at once'),
    healthCheck: assumed('3 s', 'A-22: 3 checks of 1 s passed'),
    chainUpdate: { value: '3.5 s', source: '[A] S-08: three calls of 1 s, 0.5 s for the flow entries' },
    poolUpdate: assumed('1 s', 'A-38: a member of the load balancer is changed'),
    switchover: assumed('100 ms', 'SEM-30, SEM-34: graceful switchover'),
    addToMonitor: assumed('0 s', 'FL-12: the call is over at once; the monitor is blind after it'),
    apiCall: assumed('1 s', 'A-63, A-64, A-66: one call that changes a port chain'),
    flowInstall: assumed('500 ms', 'A-59: flow entries in all switches on the way'),
  },
  probabilities: {
    switch: assumed('0.999', 'SEM-25c'),
    consistency: assumed('0.999', 'A-15: state stale with probability 0.001'),
    fence: assumed('0.999', 'SEM-21'),
    remoteCommand: assumed('1', 'A-52'),
    localise: assumed('0.999', 'SEM-20'),
    relocalise: assumed('1', 'SEM-20: the second attempt is right'),
  },
  detector: {
    timeout: assumed('0 s'),
    confirmations: assumed('1'),
    notify: assumed('0 s'),
    falsePositives: assumed('0 / year', 'SEM-19c'),
    holdOff: assumed('0 s', 'SEM-26'),
    sleep: { value: '10 s', source: '[U] SEM-17: pause of the monitoring loop' },
    targets: assumed('1', 'SEM-17'),
    window: assumed('tumbling', 'SEM-18'),
    evaluations: assumed('1', 'SEM-18'),
    tick: assumed('0 s', 'SEM-18: looked at all the time'),
    idle: assumed('0', 'SEM-18: a step from nothing'),
    delay: assumed('0 s', 'watched from its start on'),
  },
  policy: {
    after: { value: '60 s', source: '[A] A-49: average over 1 min' },
    stop: assumed('1800 s', 'SEM-19: started again by hand'),
    reboot: assumed('60 s', 'A-46: a boot'),
  },
  agent: {
    install: { value: '57.02 s', source: '[A] A-46: cloud-init has installed it' },
    registered: assumed('100 %', 'A-47'),
    audit: assumed('{uniform: [0 h, 24 h]}', 'A-47: an audit every 24 h finds who is not registered'),
  },
  monitoring: {
    sleep: { value: '10 s', source: '[U] SEM-17: pause of the monitoring loop' },
    others: assumed('0', 'SEM-17: nobody but the members of the scenario'),
    probe: { value: '2 s', source: '[A] A-37: a healthy ping probe' },
  },
  flavour: { bootPerGb: assumed('1 s', 'A-69: image copied at 1 GB/s; the time to spawn is that of 1 GB of disk') },
  cluster: {
    tenant: assumed('admin'),
    action: { value: 'recovery', source: '[A] A-37' },
    heartbeatSource: { value: 'vnfm', source: '[A] A-38' },
    loadBalancer: {
      method: { value: 'ROUND_ROBIN', source: '[A] A-35' },
      protocol: { value: 'HTTP', source: '[A] A-35' },
      port: { value: '80', source: '[A] A-35' },
      subnet: { value: 'subnet_mgmt', source: '[A] A-35' },
      target: { value: 'CP1', source: '[A] A-35' },
    },
  },
  service: {
    users: assumed('1', 'normalised'),
    minOutageThreshold: assumed('50 ms', 'SEM-03: the shortest time B calls recognisable'),
    reportableThreshold: { value: '15 s', source: '[B] B-22' },
    minServiceFraction: assumed('0', 'SEM-01'),
    partialWeight: assumed('capacity', 'SEM-05: by the share that is lost'),
    combine: assumed('product', 'SEM-04: stages lose users independently'),
    mergeGap: assumed('0 s', 'SEM-08'),
    missionTime: assumed('1 year', 'B-18: the period of the targets'),
  },
  portChain: {
    sticky: assumed('false', 'A-60: optional'),
    symmetricReturn: assumed('true', 'A-60: optional'),
    notify: assumed('true', 'A-62'),
    order: { value: 'printed', source: '[A] A-66, as printed' },
    detachOnFailure: assumed('false', 'A-57: no health check in the chain itself'),
    apiEnforcesInUse: assumed('false', 'DX-16: replays the document'),
  },
  /** Campaigns of injected faults, which are no part of a scenario (B-33). */
  campaign: {
    pairs: assumed('10000', 'pairs injected at most'),
    runs: assumed('100'),
    within: assumed('1 h', 'faults of one random injection'),
  },
} as const satisfies Tables;

/** How the downtime budget of a service is divided over the buckets. */
export const ALLOCATION: Default = {
  value: `{${ALLOCATION_SPLIT.map(({ name, percent }) => `${name}: ${percent} %`).join(', ')}}`,
  source: '[B] B-44',
};

interface Tables {
  readonly [name: string]: Default | Tables;
}

/** Time parameters a group may set whatever its flow: those of the catalogue. */
export const TIME_NAMES: readonly string[] = [...Object.keys(DEFAULTS.times), ...Object.keys(DEFAULTS.sharingTimes)];
export const PROBABILITY_NAMES: readonly string[] = Object.keys(DEFAULTS.probabilities);
