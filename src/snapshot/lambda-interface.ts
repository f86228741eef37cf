import type { NetworkInterface } from './resources/index.js';

/** Whether Lambda created a network interface, for functions or pollers. Not every answer contains the type. */
export const isOfLambda = ({ InterfaceType: type, Description: description = '' }: NetworkInterface): boolean =>
  type === 'lambda' || description.startsWith('AWS Lambda VPC ENI');
