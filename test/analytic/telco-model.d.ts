import { type StateSpace } from '../../src/analytic/chain/explore.ts';
import type { TransitionModel } from '../../src/model/chain.ts';
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
/** The model as transitions; rewards: any service down, both of the first two services down. */
export declare function telcoModel({ pairs, crews }: TelcoOptions): TransitionModel;
export declare function telcoStateSpace(options: TelcoOptions): StateSpace;
