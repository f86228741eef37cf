/**
 * Stands in one namespace: listens on the ports that brokers and services listen on, and tries connections that are
 * asked for, a line of JSON each: {id, timeout, to: [[address, port, own port]]} → {id, open: [true, false]}.
 */
import net from 'node:net';
import readline from 'node:readline';

const ports = process.argv.slice(2).map(Number);
await Promise.all(
  ports.map(
    (port) =>
      new Promise((listening) => {
        net
          .createServer((socket) => {
            socket.on('error', () => {});
            // A byte proves that answers come back, not just the handshake.
            socket.end('.');
          })
          .listen(port, '0.0.0.0', listening);
      }),
  ),
);
console.log('{"ready":true}');

const connect = (host, port, localPort, timeout) =>
  new Promise((done) => {
    const socket = net.connect({ host, port, localPort });
    const end = (open) => {
      clearTimeout(timer);
      socket.destroy();
      done(open);
    };
    const timer = setTimeout(end, timeout, false);
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
  });

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, timeout, to } = JSON.parse(line);
  void Promise.all(to.map(([host, port, from]) => connect(host, port, from, timeout))).then((open) =>
    console.log(JSON.stringify({ id, open })),
  );
}
process.exit(0);
