/** Terraform's functions of IPv4 blocks. Those of IPv6 are not computed. */
import type { Implementation } from './implementation.js';
import { Failure, isPartlyUnknown, numberOfValue, textOfValue } from './values.js';

interface Block {
  start: number;
  length: number;
}

function blockOf(text: string): Block | null {
  const [, address = '', length = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? [];
  const octets = address.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => octet > 255) || Number(length) > 32) return null;
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - Number(length));
  return { start: Math.floor(value / size) * size, length: Number(length) };
}

const addressText = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

function subnet({ start, length }: Block, bits: number, number: number): string {
  if (length + bits > 32 || number >= 2 ** bits || number < 0 || bits < 0) throw new Failure('no such subnet');
  return `${addressText(start + number * 2 ** (32 - length - bits))}/${length + bits}`;
}

export const networkFunctions: Readonly<Record<string, Implementation>> = {
  cidrsubnet: (args) => {
    const block = isPartlyUnknown(args) ? null : blockOf(textOfValue(args[0] ?? null));
    return block === null ? undefined : subnet(block, numberOfValue(args[1] ?? null), numberOfValue(args[2] ?? null));
  },
  cidrsubnets: (args) => {
    const block = isPartlyUnknown(args) ? null : blockOf(textOfValue(args[0] ?? null));
    if (block === null) return undefined;
    let next = block.start;
    return args.slice(1).map((bits) => {
      const length = block.length + numberOfValue(bits);
      const size = 2 ** (32 - length);
      const start = Math.ceil(next / size) * size;
      next = start + size;
      if (length > 32 || next > block.start + 2 ** (32 - block.length)) throw new Failure('no such subnet');
      return `${addressText(start)}/${length}`;
    });
  },
  cidrhost: (args) => {
    const block = isPartlyUnknown(args) ? null : blockOf(textOfValue(args[0] ?? null));
    if (block === null) return undefined;
    const number = numberOfValue(args[1] ?? null);
    return addressText(block.start + (number < 0 ? 2 ** (32 - block.length) + number : number));
  },
  cidrnetmask: (args) => {
    const block = isPartlyUnknown(args) ? null : blockOf(textOfValue(args[0] ?? null));
    return block === null ? undefined : addressText(2 ** 32 - 2 ** (32 - block.length));
  },
};
