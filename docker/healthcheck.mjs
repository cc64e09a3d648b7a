// `node docker/healthcheck.mjs live|ready`: exit code 0 when this container's service says so.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/health/${process.argv[2] ?? 'live'}`, {
  signal: AbortSignal.timeout(2_000),
});
process.exit(answer.ok ? 0 : 1);
