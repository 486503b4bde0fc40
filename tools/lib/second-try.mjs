// A screen test is a race with a browser that shares two cores with everything else. What fails beside other files is
// run once more, alone: a fault fails again, a race that the test lost is named as unsteady, so that it gets mended.

/** More files than this don't fail by chance, and trying them again would only take time. */
const atMost = 4;

export function filesToTryAgain({ files }) {
  const failed = files.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return failed.length <= atMost ? failed : [];
}

/** The first run with the second's word on the files that both ran. */
export function withSecondTry(first, second) {
  const again = new Map(second.files.map((file) => [file.name, file]));
  return { code: second.code, files: first.files.map((file) => again.get(file.name) ?? file) };
}

export function unsteady(first, second) {
  return namesWith(first, 'failed').filter((name) => namesWith(second, 'passed').includes(name));
}

/** A file that could not even start has no tests, and a run may fail as a whole; both count as a failure. */
export function counted({ code, files }) {
  const broken = files.filter(
    (file) => file.status === 'failed' && !namesWith({ files: [file] }, 'failed').length,
  );
  const run = { files };
  const failed = namesWith(run, 'failed').length + broken.length;
  return { passed: namesWith(run, 'passed').length, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function namesWith({ files }, status) {
  return files.flatMap(({ name, assertionResults }) =>
    assertionResults.filter((one) => one.status === status).map(({ fullName }) => `${name} › ${fullName}`),
  );
}
