/** CIDR questions by cidr-tools, which takes `10.0.0.0/33`: texts are looked at first. */
import { containsCidr, overlapCidr } from 'cidr-tools';

const pattern = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;

export const isCidr = (text: string | undefined): text is string =>
  text !== undefined && pattern.test(text) && text.split(/[./]/).every((part, index) => Number(part) <= (index < 4 ? 255 : 32));

/** Whether the networks together hold the whole of one. */
export const contains = (networks: readonly string[], cidr: string): boolean => networks.length > 0 && containsCidr([...networks], cidr);

export const touches = (network: string, cidr: string): boolean => overlapCidr(network, cidr);

/** Stands for AWS's public addresses, which no rule lists one by one. */
export const internet = '0.0.0.0/0';

const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];
export const isPrivate = (cidr: string): boolean => contains(privateNetworks, cidr);
