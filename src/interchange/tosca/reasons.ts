import { type Entry, entriesOf } from './tree.ts';

const SOFTWARE = 'what the instance runs does not change how the VNF is modelled';
const NETWORK = 'networks and addresses belong to the fabric, which descriptors do not describe';
const ABOUT = 'says what the descriptor is, not how it behaves';
const TYPES = 'definitions of types only tell what the templates are';
const CLASSIFIER = 'which packets enter a chain does not change whether the chain is up';
const LIFECYCLE = 'hooks of the life cycle; what they do is not described';

/** Why keys that nobody reads have no influence on availability. By the name of the key, or of one above it. */
const REASONS: Readonly<Record<string, string>> = {
  tosca_definitions_version: ABOUT,
  description: ABOUT,
  metadata: ABOUT,
  template_name: ABOUT,
  template_author: ABOUT,
  template_version: ABOUT,
  vendor: ABOUT,
  version: ABOUT,
  id: ABOUT,
  name: ABOUT,
  service_properties: ABOUT,
  node_types: TYPES,
  data_types: TYPES,
  capability_types: TYPES,
  relationship_types: TYPES,
  policy_types: TYPES,
  group_types: TYPES,
  artifact_types: TYPES,
  interface_types: TYPES,
  derived_from: TYPES,
  inputs: 'inputs that nothing here depends on',
  outputs: 'outputs are read by people, not by the VNF',
  image: SOFTWARE,
  vm_image: SOFTWARE,
  sw_image_data: SOFTWARE,
  artifacts: SOFTWARE,
  config: SOFTWARE,
  user_data: SOFTWARE,
  user_data_format: SOFTWARE,
  config_drive: SOFTWARE,
  key_name: SOFTWARE,
  mgmt_driver: SOFTWARE,
  service_type: SOFTWARE,
  boot_data: SOFTWARE,
  boot_order: SOFTWARE,
  configurable_properties: SOFTWARE,
  interfaces: LIFECYCLE,
  lcm_operations_configuration: LIFECYCLE,
  vnflcm: LIFECYCLE,
  network_interfaces: NETWORK,
  management: NETWORK,
  order: NETWORK,
  anti_spoofing_protection: NETWORK,
  security_groups: NETWORK,
  ip_address: NETWORK,
  mac_address: NETWORK,
  network_name: NETWORK,
  virtualLink: NETWORK,
  virtual_link: NETWORK,
  external_virtual_link: NETWORK,
  internal_virtual_link: NETWORK,
  requirements: NETWORK,
  layer_protocols: NETWORK,
  protocol: NETWORK,
  vl_profile: NETWORK,
  connectivity_type: NETWORK,
  vnic_type: NETWORK,
  bitrate_requirement: NETWORK,
  bitrate_requirements: NETWORK,
  substitution_mappings: 'names how the VNF is embedded; only the node type and the flavour are of use here',
  capabilities: 'capabilities other than the size of an instance place no members',
  policy: CLASSIFIER,
  criteria: CLASSIFIER,
  symmetrical: 'both directions cross the same members',
  cooldown: 'members are fixed: scaling is not simulated',
  increment: 'members are fixed: scaling is not simulated',
  zabbix_username: 'access to the monitoring server',
  zabbix_password: 'access to the monitoring server',
  zabbix_server_ip: 'access to the monitoring server',
  zabbix_server_port: 'access to the monitoring server',
  ssh_username: 'access to the instance',
  ssh_password: 'access to the instance',
  'TOSCA-Meta-File-Version': 'the contents of a package; only the files named are read',
  'CSAR-Version': 'the contents of a package; only the files named are read',
  'Created-By': ABOUT,
  dsl_definitions: 'parts that are repeated elsewhere; there they are read',
};

/** The reason for a key nobody has read: its own, or that of the nearest one above. */
export function reasonFor(key: Entry): string {
  if (key.overridden) return 'a later key of the same name in the same map counts';
  const [first] = entriesOf(key.value);
  if (REASONS[key.key] === undefined && first !== undefined && REASONS[first.key] !== undefined)
    return REASONS[first.key]!;
  const names = key.path.split('.');
  const own = REASONS[key.key];
  if (own !== undefined) return own;
  for (let i = names.length - 2; i >= 0; i--) {
    const found = REASONS[names[i]!];
    if (found !== undefined && names[i] !== 'id' && names[i] !== 'name') return found;
  }
  return 'no word of the scenario language corresponds to it';
}
