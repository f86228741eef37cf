/** Orders of 1 KB as JSON, of several types, as a topic holds them. */
import type { Written } from '../../test/oracle/kafka/record-clients.js';

const size = 1024;

/** A filter pattern that nearly every second of the orders matches. */
export const orderPattern = '{"value":{"type":["ORDER"],"total":[{"numeric":[">",10]}]}}';

/** No two are the same; every second one has the type `ORDER`. */
export const orders = (count: number): Written[] =>
  Array.from({ length: count }, (_, at) => {
    const order = {
      id: at,
      type: at % 2 === 0 ? 'ORDER' : 'REFUND',
      total: at % 997,
      customer: { name: `customer ${at * 7919}`, country: ['DE', 'FR', 'IT'][at % 3] },
      items: Array.from({ length: 6 }, (_item, index) => ({
        sku: `sku-${(at * 31 + index * 17) % 9973}`,
        count: (at + index) % 5,
        price: ((at * 13 + index) % 5000) / 100,
      })),
      note: '',
    };
    const missing = size - Buffer.byteLength(JSON.stringify(order));
    const note = `note ${at} `.repeat(size).slice(0, missing);
    return { key: Buffer.from(`customer-${at % 101}`), value: Buffer.from(JSON.stringify({ ...order, note })) };
  });
