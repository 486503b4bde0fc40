// A part of a benchmark in a process of its own: `serveJobs` there, `startChild` here; one job at a time.
import { fork } from 'node:child_process';

export function serveJobs(handle) {
  process.on('message', (job) => {
    Promise.resolve(handle(job)).then(
      (result) => process.send({ result }),
      (error) => process.send({ failure: error.stack ?? String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** `lock` ends the child with the rest of the stack (lib/lock.mjs). */
export function startChild(url, { lock, name, env, execArgv = [] }) {
  const child = fork(url, [], { serialization: 'advanced', env, execArgv });
  lock.add(child, name);
  return {
    run(job) {
      return new Promise((resolve, reject) => {
        const gone = (code, signal) => reject(new Error(`${name} ended with ${signal ?? `code ${code}`}`));
        child.once('exit', gone);
        child.once('message', ({ result, failure }) => {
          child.off('exit', gone);
          if (failure) reject(new Error(`${name}: ${failure}`));
          else resolve(result);
        });
        child.send(job);
      });
    },
    stop: () => child.disconnect(),
  };
}
