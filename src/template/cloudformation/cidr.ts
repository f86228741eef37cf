/** The blocks that `Fn::Cidr` cuts from an IPv4 block. */

/**
 * `count` blocks with `hostBits` bits for hosts each (CloudFormation template reference: Fn::Cidr); undefined for what is
 * no IPv4 block, or too small for them.
 */
export function subnetsOf(block: string, count: number, hostBits = 8): string[] | undefined {
  const [, address = '', length = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(block) ?? [];
  const octets = address.split('.').map(Number);
  const size = 2 ** hostBits;
  const isValid =
    octets.length === 4 &&
    octets.every((octet) => octet <= 255) &&
    Number.isInteger(count) &&
    count > 0 &&
    count <= 256 &&
    Number.isInteger(hostBits) &&
    count * size <= 2 ** (32 - Number(length));
  if (!isValid) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return Array.from({ length: count }, (_, index) => {
    const start = first + index * size;
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return `${parts.join('.')}/${32 - hostBits}`;
  });
}
