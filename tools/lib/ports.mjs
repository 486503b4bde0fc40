import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson, readText, writeJson } from './files.mjs';
import { UserError } from './log.mjs';
import { run, which } from './run.mjs';

function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}

export const isFree = async (port, host = '127.0.0.1') => (await tryListen(port, host)) !== undefined;

export async function freePort() {
  const port = await tryListen(0, '127.0.0.1');
  if (port === undefined) throw new UserError('No free port on 127.0.0.1.');
  return port;
}

/** The port that this data folder used last for `name`, or another if that one is taken; stable URLs help a developer. */
export async function rememberedPort(dataDir, name, preferred) {
  const file = join(dataDir, 'ports.json');
  const known = readJson(file)?.[name] ?? preferred;
  const port = known !== undefined && (await isFree(known)) ? known : await freePort();
  writeJson(file, { ...readJson(file), [name]: port });
  return port;
}

/** Fails with the process in the way and the remedy if `port` is taken. */
export async function requirePort(port, host, what, variable) {
  if (await isFree(port, host)) return;
  const owner = await ownerOf(port);
  throw new UserError(
    `Port ${port} for ${what} is taken${owner ? ` by ${owner}` : ' by another process'}.\n` +
      `Stop that process, or use another port: ${variable}=${port + 1} npm start`,
  );
}

async function ownerOf(port) {
  const inode = listeningInode(port);
  if (inode !== undefined) return ownerOfInode(inode);
  if (!which('lsof')) return undefined;
  const { output } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    allowFailure: true,
  });
  const [, pid, name] = /p(\d+)\nc(.*)/.exec(output) ?? [];
  return pid ? `${name} (process ${pid})` : undefined;
}

/** Linux: the inode of the listening socket. State 0A is LISTEN, see proc_pid_net(5). */
function listeningInode(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (readText(table) ?? '').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(suffix) && fields[3] === '0A') return fields[9];
    }
  }
  return undefined;
}

function ownerOfInode(inode) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const folder = join('/proc', pid, 'fd');
      if (readdirSync(folder).some((fd) => readlinkSync(join(folder, fd)) === `socket:[${inode}]`)) {
        const command = readFileSync(join('/proc', pid, 'cmdline'), 'utf8')
          .split('\0')
          .join(' ')
          .trim();
        return `process ${pid} (${command.slice(0, 120)})`;
      }
    } catch {
      // Gone, or another user's: look on.
    }
  }
  return undefined;
}

/** Waits until something accepts connections on the port; `alive` is asked in between and may throw. */
export async function waitForPort(
  port,
  { host = '127.0.0.1', timeoutMs = 30_000, alive = () => undefined } = {},
) {
  const end = Date.now() + timeoutMs;
  while (!(await accepts(port, host))) {
    alive();
    if (Date.now() > end)
      throw new UserError(`Nothing answers on ${host}:${port} after ${timeoutMs / 1000} s.`);
    await sleep(100);
  }
}

function accepts(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.setTimeout(1000, () => done(false));
  });
}
