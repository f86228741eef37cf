/** A member of a classic group of any protocol type, byte by byte: it joins, may take its assignment, and sends no heartbeat. */
import { connect, type Socket } from 'node:net';

const text = (value: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeInt16BE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
};
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const short = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};

const joinGroup = { key: 11, version: 2 };
const syncGroup = { key: 14, version: 1 };
/** Long enough for a group to stay as it is while a test looks at it, in milliseconds. */
const timeout = 120_000;

export class GroupMember {
  #socket: Socket;
  #received = Buffer.alloc(0);
  #arrived: () => void = () => {};

  constructor(
    port: number,
    readonly group: string,
    readonly protocolType: string,
  ) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('error', () => {});
    this.#socket.on('data', (piece) => {
      this.#received = Buffer.concat([this.#received, piece]);
      this.#arrived();
    });
  }

  /** Joins and, alone as it is, leads the group: the group then waits for the assignment (CompletingRebalance). */
  async join(): Promise<{ generation: number; member: string }> {
    this.ask();
    const answer = await this.#answer();
    const error = answer.readInt16BE(4);
    if (error !== 0) throw new Error(`JoinGroup answers ${error}`);
    let at = 10;
    const next = (): string => {
      const length = answer.readInt16BE(at);
      at += 2 + length;
      return answer.toString('utf8', at - length, at);
    };
    const [, , member] = [next(), next(), next()];
    return { generation: answer.readInt32BE(6), member };
  }

  /** Asks to join without waiting: in a group with members this begins a rebalance (PreparingRebalance). */
  ask(): void {
    this.#send(joinGroup, [
      text(this.group),
      number(timeout),
      number(timeout),
      text(''),
      text(this.protocolType),
      number(1),
      text('default'),
      number(0),
    ]);
  }

  /** Joins and assigns itself nothing: the group is Stable. */
  async settle(): Promise<void> {
    const { generation, member } = await this.join();
    this.#send(syncGroup, [text(this.group), number(generation), text(member), number(1), text(member), number(0)]);
    const error = (await this.#answer()).readInt16BE(4);
    if (error !== 0) throw new Error(`SyncGroup answers ${error}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #send({ key, version }: { key: number; version: number }, body: Buffer[]): void {
    const frame = Buffer.concat([short(key), short(version), number(1), text('member'), ...body]);
    this.#socket.write(Buffer.concat([number(frame.length), frame]));
  }

  /** The next answer after its correlation number. */
  async #answer(): Promise<Buffer> {
    while (this.#received.length < 4 || this.#received.length < 4 + this.#received.readInt32BE())
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    const end = 4 + this.#received.readInt32BE();
    const answer = this.#received.subarray(8, end);
    this.#received = this.#received.subarray(end);
    return answer;
  }
}
