// A private MariaDB (or MySQL) without a system service: its own folder, port, password and log. Settings follow the
// production target, MySQL 8: utf8mb4, strict mode, a commit is on disk when it is answered.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aptInstall, canInstall } from './apt.mjs';
import { readText, writeFileSafely } from './files.mjs';
import { UserError } from './log.mjs';
import { rememberedPort } from './ports.mjs';
import { isRunning } from './processes.mjs';
import { run, which } from './run.mjs';
import { logTail, openLog } from './server-log.mjs';
import { giveTo, serverUser } from './server-user.mjs';

const findServer = () => which('mariadbd') ?? which('mysqld');

/** The server is useless without the program that makes its system tables (MySQL's server makes them itself). */
const isComplete = (server, type) =>
  server && (type === 'mysql' || (which('mariadb-install-db') && which('my_print_defaults')));

async function provideServer() {
  let server = findServer();
  let type = server && (await typeOf(server));
  if (!isComplete(server, type)) {
    if (!canInstall()) throw new UserError(howToInstall());
    await aptInstall(
      ['mariadb-server-core', 'mariadb-client-core'],
      ['mariadb-server-core-10.6', 'mariadb-client-core-10.6'],
    );
    server = findServer();
    type = server && (await typeOf(server));
    if (!isComplete(server, type)) throw new UserError(howToInstall());
  }
  return { server, type };
}

async function typeOf(server) {
  const { output } = await run(server, ['--version']);
  return /mariadb/i.test(output) ? 'mariadb' : 'mysql';
}

function howToInstall() {
  const remedy =
    process.platform === 'darwin'
      ? '  brew install mariadb'
      : '  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends mariadb-server-core mariadb-client-core\n' +
        '  Fedora:          sudo dnf install mariadb-server';
  return (
    'No database server found (mariadbd or mysqld, with mariadb-install-db). Install it; the service need not run:\n' +
    `${remedy}\nOr point to a database of your own: DATABASE_URL=mysql://user:password@host:3306/haoban npm start`
  );
}

/**
 * Starts the private server in `<dataDir>/db` and resolves `{ url, type }` once it answers.
 * `lock` makes it part of the stack (lock.mjs); `grants` is what the user may touch: one database, or `*.*` for tests.
 */
export async function startDatabase(options) {
  for (let attempt = 1; ; attempt++) {
    const port = await rememberedPort(options.dataDir, 'database', 3306);
    try {
      return await startOn(port, options);
    } catch (error) {
      // Free when we looked, taken when the server came: two stacks that start at one moment both like 3306.
      if (attempt === 3 || !/address already in use/i.test(error.message)) throw error;
    }
  }
}

async function startOn(port, { dataDir, lock, password, grants = '`haoban%`.*' }) {
  const { server, type } = await provideServer();
  const user = serverUser(dataDir);
  const folder = join(dataDir, 'db');
  const setup = {
    dataDir,
    folder,
    port,
    type,
    config: join(dataDir, 'db.cnf'),
    sql: join(dataDir, 'db-init.sql'),
  };
  writeConfig(setup);
  writeInit(setup, password, grants);
  giveTo(user, setup.config, setup.sql);
  await createOnce(server, setup, user);

  const log = openLog(dataDir, 'database');
  const child = spawn(server, [`--defaults-file=${setup.config}`, ...asRoot(user)], {
    cwd: dataDir,
    stdio: ['ignore', log, log],
    detached: true,
    ...user,
  });
  const spawned = new Promise((_, reject) => child.once('error', reject));
  spawned.catch(() => undefined);
  if (child.pid === undefined) await spawned;
  const me = lock.add(child, 'database');
  await untilGreeting(setup, me);
  return { url: `mysql://haoban:${password}@127.0.0.1:${port}/haoban`, type };
}

/** Root that could not become somebody else has to say that it means it. */
const asRoot = (user) => (process.getuid?.() === 0 && user.uid === undefined ? ['--user=root'] : []);

async function createOnce(server, { dataDir, folder, type, config }, user) {
  const ready = join(dataDir, 'db.ready');
  if (existsSync(ready) && existsSync(folder)) return;
  // Without the mark an earlier attempt was cut off half-way: nothing of value is in the folder yet.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(user, folder);
  if (type === 'mariadb') {
    await run(
      which('mariadb-install-db'),
      [
        `--defaults-file=${config}`,
        `--datadir=${folder}`,
        '--auth-root-authentication-method=socket',
        '--auth-root-socket-user=root',
        '--skip-test-db',
        ...asRoot(user),
      ],
      { ...user, env: { HOME: dataDir } },
    );
  } else {
    await run(server, [`--defaults-file=${config}`, '--initialize-insecure', ...asRoot(user)], user);
  }
  writeFileSafely(ready, `${type}\n`);
}

function writeConfig({ dataDir, folder, port, config }) {
  // A socket's path may have 107 bytes at most (unix(7)); a deep checkout gets one in the temporary folder.
  const near = join(dataDir, 'db', 's.sock');
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const socket = near.length < 100 ? near : join(tmpdir(), `haoban-${digest}.sock`);
  const settings = {
    datadir: folder,
    port,
    socket,
    'pid-file': join(folder, 'server.pid'),
    'bind-address': '127.0.0.1',
    'skip-name-resolve': undefined,
    'init-file': join(dataDir, 'db-init.sql'),
    'character-set-server': 'utf8mb4',
    'collation-server': 'utf8mb4_bin',
    'default-time-zone': '+00:00',
    sql_mode:
      'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    max_connections: 300,
    max_allowed_packet: '64M',
    'skip-log-bin': undefined,
    innodb_flush_log_at_trx_commit: 1,
    innodb_buffer_pool_size: '256M',
    loose_innodb_log_file_size: '64M',
    loose_mysqlx: 'OFF',
    performance_schema: 'OFF',
  };
  const lines = Object.entries(settings).map(([name, value]) =>
    value === undefined ? name : `${name}=${value}`,
  );
  writeFileSafely(config, `[mysqld]\n${lines.join('\n')}\n`, 0o600);
}

/** Run by the server at every start, before it answers: one statement a line. */
function writeInit({ sql }, password, grants) {
  const statements = [
    'CREATE DATABASE IF NOT EXISTS haoban CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;',
    `CREATE USER IF NOT EXISTS 'haoban'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `ALTER USER 'haoban'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON ${grants} TO 'haoban'@'127.0.0.1';`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    "DROP USER IF EXISTS ''@'localhost';",
  ];
  writeFileSafely(sql, `${statements.join('\n')}\n`, 0o600);
}

/** Until our server answers, which its pid file tells from a stranger's on the same port. */
async function untilGreeting({ port, folder, dataDir }, me) {
  const end = Date.now() + 90_000;
  const isOurs = () => Number(readText(join(folder, 'server.pid'))) === me.pid;
  while (!isOurs() || (await readGreeting(port)) === undefined) {
    if (!isRunning(me)) throw new UserError(`The database did not start:\n${logTail(dataDir, 'database')}`);
    if (Date.now() > end)
      throw new UserError(`The database does not answer after 90 s:\n${logTail(dataDir, 'database')}`);
    await sleep(100);
  }
}

/** The first bytes a MySQL-protocol server sends, with its version; undefined if nothing or something else answers. */
function readGreeting(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => done(undefined));
    socket.once('error', () => done(undefined));
    socket.once('data', (packet) =>
      done(packet[4] === 10 ? packet.subarray(5, packet.indexOf(0, 5)).toString() : undefined),
    );
  });
}

/** Which kind of server a given DATABASE_URL leads to, unless DATABASE_TYPE says it. */
export async function typeOfUrl(url) {
  if (process.env.DATABASE_TYPE) return process.env.DATABASE_TYPE;
  const { hostname, port } = new URL(url);
  const version = await readGreeting(Number(port || 3306), hostname);
  if (version === undefined) {
    throw new UserError(
      `DATABASE_URL: no database answers on ${hostname}:${port || 3306}. Start it or correct the address.`,
    );
  }
  return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
}
