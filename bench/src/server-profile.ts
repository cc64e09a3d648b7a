// Loaded into a server before its own code (`NODE_OPTIONS=--require`): SIGUSR2 begins a processor profile, the next one
// writes it to BENCH_PROFILE. The profile is then of the measured part alone and not of the start.
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const SAMPLE_MICROSECONDS = 500;

const file = process.env.BENCH_PROFILE;
// The command that installs and builds before the start is given the same environment.
if (file !== undefined && /standalone.dist.main\.js$/.test(process.argv[1] ?? '')) {
  let session: Session | null = null;
  const toggle = async (): Promise<void> => {
    if (session === null) {
      session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
      await session.post('Profiler.start');
      return;
    }
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    session = null;
    writeFileSync(`${file}.part`, JSON.stringify(profile));
    renameSync(`${file}.part`, file);
  };
  process.on('SIGUSR2', () => void toggle());
}
