import type { NetworkInterface } from './resources/index.js';

/** Whether Lambda made a network interface, for functions or pollers: not every answer names the type. */
export const isOfLambda = ({ InterfaceType: type, Description: description = '' }: NetworkInterface): boolean =>
  type === 'lambda' || description.startsWith('AWS Lambda VPC ENI');
