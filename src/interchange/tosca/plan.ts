import type { Place } from '../../model/problem.ts';
import type { Size } from './sizes.ts';
import type { Entry, Item } from './tree.ts';

/** What a set of descriptors says about availability, before it is said in the words of a scenario. */
export interface Plan {
  readonly vnfs: Vnf[];
  readonly paths: Path[];
  readonly clusters: Cluster[];
  readonly networks: NetworkService[];
}

export interface Vnf {
  /** As the user knows it. */
  readonly name: string;
  /** Other names that refer to it: template name, file, node type, descriptor id. */
  readonly names: readonly string[];
  readonly place: Place;
  readonly vdus: Vdu[];
  /** VDU behind each connection point; undefined: the point is there but leads nowhere. */
  readonly points: Map<string, string | undefined>;
  readonly separations: Separation[];
  /** VDUs behind one virtual address, by the name of its connection point. */
  readonly shared: ReadonlyMap<string, readonly string[]>;
  /** `is_autoheal_enabled`; undefined: not said. */
  readonly autoheal?: boolean;
  /** SOL001 knows healing by the VNFM, Tacker's own descriptors know monitoring policies only. */
  readonly generation: 'tacker' | 'sol001' | 'pre-tosca' | 'sol006' | 'unknown';
}

export interface Vdu {
  readonly name: string;
  readonly place: Place;
  readonly container: boolean;
  readonly image?: string;
  readonly size: Size;
  readonly zone?: string;
  /** Values of its metadata: alarms refer to them. */
  readonly labels: readonly string[];
  readonly monitors: Monitor[];
  readonly alarms: Alarm[];
  /** At the default level; policies set it. */
  instances: number;
  /** Why so many, when nobody says. */
  why?: { readonly why: string; readonly source: string };
  /** Other numbers of instances, by instantiation level. */
  readonly levels: Map<string, number>;
  /** Most instances that scaling may reach. */
  most?: number;
}

export interface Monitor {
  readonly kind: 'ping' | 'http-ping' | 'zabbix' | 'other';
  /** For the table of groups. */
  readonly title: string;
  /** As an entry of `catalogue.detectors`. */
  readonly detector: Readonly<Record<string, string | number | readonly string[]>>;
  /** What happens when it reports a failure, as written. */
  readonly actions: readonly string[];
  readonly place: Place;
}

export interface Alarm {
  readonly name: string;
  readonly metric: string;
  /** Seconds of one evaluation period, and how many in a row must be over the threshold. */
  readonly period: number;
  readonly evaluations: number;
  /** It fires on low values. */
  readonly below: boolean;
  readonly actions: readonly string[];
  /** Its action is a scaling policy. */
  scales: boolean;
  readonly entry: Entry;
}

export interface Separation {
  readonly name: string;
  readonly apart: boolean;
  readonly level: 'node' | 'rack' | 'site';
  /** As written: nfvi_node, zone, … */
  readonly scope: string;
  readonly hard: boolean;
  readonly vdus: readonly string[];
  readonly entry: Entry;
}

/** A forwarding path: the hops in order. */
export interface Path {
  readonly name: string;
  readonly title: string;
  readonly hops: readonly {
    readonly forwarder: string;
    readonly point?: string;
    readonly place: Place;
    readonly entry: Entry;
  }[];
  readonly place: Place;
}

/** A cluster policy: members of one VNFD by role and VIM behind a load balancer. */
export interface Cluster {
  readonly name: string;
  readonly active: ReadonlyMap<string, number>;
  readonly standby: ReadonlyMap<string, number>;
  readonly balancer: boolean;
  /** What the policy says of the pool and the address of the load balancer, in the words of scenarios. */
  readonly pool: Readonly<Record<string, string | number>>;
  readonly target?: { readonly name: string; readonly place: Place; readonly entry: Entry };
  readonly place: Place;
}

/** A network service descriptor: VNFs by the names of their node templates. */
export interface NetworkService {
  readonly root: Item;
  readonly name: string;
  readonly constituents: readonly {
    readonly name: string;
    readonly type: string;
    readonly place: Place;
    readonly entry: Entry;
  }[];
  /** Descriptors it imports, as written. */
  readonly imports: readonly { readonly name: string; readonly place: Place }[];
}
