/**
 * Loaded before a build (`node --import`): the same clock and the same random values in every run.
 *
 * `Date` stands still, and moves only when nothing but a timer could go on: then it jumps to that timer, so that
 * waiting takes no time. `Math.random`, `randomUUID`, `randomBytes`, `randomInt`, `getRandomValues` and P-256 key
 * pairs are derived from a counter. Not fixed: the random part of an ECDSA signature, which no output holds; only the
 * length of its DER form is.
 */
import crypto from 'node:crypto';
import module from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

const start = Date.parse('2026-07-01T12:00:00.000Z');
const RealDate = Date;
const realImmediate = setImmediate;
const realKeyPair = crypto.generateKeyPairSync;
const realSign = crypto.sign;

let now = start;
/** Seeds every random value. */
let drawn = 0;
/** @type {Set<Timer>} */
let pending = new Set();
let sequence = 0;
let pumping = false;
/** Resources that the worker itself keeps open, counted by type. */
let usual = new Map();

/** Begins a run: the clock at its start, the random values from their first, no timer of an earlier run. */
export function resetWorld() {
  now = start;
  drawn = 0;
  sequence = 0;
  pending = new Set();
  usual = countResources();
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, newTarget) => Reflect.construct(target, values.length === 0 ? [now] : values, newTarget),
  apply: () => new RealDate(now).toString(),
  get: (target, member, receiver) => (member === 'now' ? () => now : Reflect.get(target, member, receiver)),
});
RealDate.prototype.constructor = globalThis.Date;

class Timer {
  #interval;
  #referenced;

  constructor(callback, milliseconds, values, { interval = false, referenced = true } = {}) {
    this.callback = callback;
    this.milliseconds = Math.max(1, Number(milliseconds) || 1);
    this.values = values;
    this.#interval = interval;
    this.#referenced = referenced;
    this.refresh();
  }

  /** An interval alone would never let a run end. */
  get drives() {
    return this.#referenced && !this.#interval;
  }

  fire() {
    pending.delete(this);
    if (this.#interval) this.refresh();
    this.callback(...this.values);
  }

  refresh() {
    this.due = now + this.milliseconds;
    this.order = sequence++;
    pending.add(this);
    pump();
    return this;
  }

  close() {
    pending.delete(this);
    return this;
  }

  ref() {
    this.#referenced = true;
    pump();
    return this;
  }

  unref() {
    this.#referenced = false;
    return this;
  }

  hasRef() {
    return this.#referenced;
  }

  [Symbol.toPrimitive]() {
    return this.order;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.close();
  }
}

/** Open without anything to come of them: timers, which are ours, and streams to whoever started the process. */
const idle = ['Immediate', 'Timeout', 'PipeWrap', 'TTYWrap', 'SignalWrap'];

function countResources() {
  const counts = new Map();
  for (const type of process.getActiveResourcesInfo())
    if (!idle.includes(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** Whether a file, a socket or the like will still report. */
const isBusy = () => [...countResources()].some(([type, count]) => count > (usual.get(type) ?? 0));

/** Turns of the event loop without anything else to do, before a timer is due. */
const quietTurns = 3;

function pump() {
  if (pumping) return;
  pumping = true;
  let quiet = 0;
  const turn = () => {
    if (![...pending].some((timer) => timer.drives)) {
      pumping = false;
      return;
    }
    quiet = isBusy() ? 0 : quiet + 1;
    if (quiet >= quietTurns) {
      quiet = 0;
      const [next] = [...pending].toSorted((a, b) => a.due - b.due || a.order - b.order);
      now = Math.max(now, next.due);
      next.fire();
    }
    realImmediate(turn);
  };
  realImmediate(turn);
}

const setTimer = (callback, milliseconds, ...values) => new Timer(callback, milliseconds, values);
const setRepeating = (callback, milliseconds, ...values) =>
  new Timer(callback, milliseconds, values, { interval: true });
const clear = (timer) => void (timer instanceof Timer && timer.close());
const sleep = (milliseconds, value, { signal, ref = true } = {}) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      timer.close();
      reject(
        Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
          name: 'AbortError',
          code: 'ABORT_ERR',
        }),
      );
    };
    const timer = new Timer(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve(value);
      },
      milliseconds,
      [],
      { referenced: ref },
    );
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });

for (const holder of [globalThis, timers])
  Object.assign(holder, {
    setTimeout: setTimer,
    setInterval: setRepeating,
    clearTimeout: clear,
    clearInterval: clear,
  });
timersPromises.setTimeout = sleep;
AbortSignal.timeout = (milliseconds) => {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  void new Timer(abort, milliseconds, [], { referenced: false });
  return controller.signal;
};

/** Bytes that follow from the counter alone. */
function draw(size) {
  const bytes = Buffer.alloc(size);
  for (let filled = 0; filled < size; filled += 32)
    crypto.createHash('sha256').update(`value ${drawn++}`).digest().copy(bytes, filled);
  return bytes;
}

const fraction = () => draw(6).readUIntBE(0, 6) / 2 ** 48;

function uuid() {
  const bytes = draw(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function keyPair(type, options = {}) {
  const { namedCurve, publicKeyEncoding, privateKeyEncoding } = options;
  if (type !== 'ec' || namedCurve !== 'P-256' || publicKeyEncoding !== undefined || privateKeyEncoding !== undefined)
    return realKeyPair(type, options);
  const curve = crypto.createECDH('prime256v1');
  curve.setPrivateKey(draw(32));
  const point = curve.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: curve.getPrivateKey().toString('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const privateKey = crypto.createPrivateKey({ key: jwk, format: 'jwk' });
  return { privateKey, publicKey: crypto.createPublicKey(privateKey) };
}

/** Most signatures of P-256 have this length in DER; others are shorter or longer by a byte or two. */
const signatureBytes = 71;

function sign(algorithm, data, key, ...callback) {
  let signature = realSign(algorithm, data, key, ...callback);
  if (key?.asymmetricKeyType === 'ec' && callback.length === 0)
    while (signature.length !== signatureBytes) signature = realSign(algorithm, data, key);
  return signature;
}

Math.random = fraction;
Object.assign(crypto, {
  randomUUID: uuid,
  randomBytes: (size, callback) => {
    const bytes = draw(size);
    if (callback === undefined) return bytes;
    queueMicrotask(() => callback(null, bytes));
    return undefined;
  },
  randomInt: (low, high) =>
    high === undefined ? Math.floor(fraction() * low) : low + Math.floor(fraction() * (high - low)),
  generateKeyPairSync: keyPair,
  sign,
});
Object.defineProperties(Object.getPrototypeOf(globalThis.crypto), {
  randomUUID: { value: uuid },
  getRandomValues: {
    value: (array) => {
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(draw(array.byteLength));
      return array;
    },
  },
});
module.syncBuiltinESMExports();
