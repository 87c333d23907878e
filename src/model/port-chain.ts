/** In which order the path is led to a new instance: as the source prints it, or the new port first. */
export const UPDATE_ORDERS = ['printed', 'make-before-break'] as const;
export type UpdateOrder = (typeof UPDATE_ORDERS)[number];

/** How the path of a port chain follows the instances behind its hops (FL-12, FL-14; … A-66). */
export interface PathUpdate {
  /** Id of the chain. */
  readonly chain: string;
  /** The VNFM tells the NFVO of a new instance; else the chain keeps leading to the old ports. */
  readonly notify: boolean;
  readonly order: UpdateOrder;
  /** A failed port pair leaves its group as soon as the fault is noticed, before its instance is created again. */
  readonly detachOnFailure: boolean;
  /** A port pair that is still in a group cannot be deleted (DX-16). */
  readonly apiEnforcesInUse: boolean;
  /** Sessions stay on their member as long as it exists. */
  readonly sticky: boolean;
  /** Elements: agents of the switches on all nodes the path goes over, without which no flow is installed. */
  readonly agents: readonly string[];
}
