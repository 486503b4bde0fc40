// Imported first by every entry script, so that an old Node says what is wrong instead of failing on some syntax.
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `好办 needs Node ${wanted.join('.')} or newer; this is ${process.version}.\n` +
      'Install it from https://nodejs.org/ (or: nvm install 22), then run the same command again.',
  );
  process.exit(1);
}
