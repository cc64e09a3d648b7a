import { demoCommand } from './demo.command.js';
import { UsageError } from './ops-command.js';

describe('the demo of an installation in production', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('is refused before anything is looked at', async () => {
    process.env.PAYMATCH_PROFILE = 'production';
    // Nobody listens there: had it looked, this would be another error.
    process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/nothing';
    process.env.PAYMATCH_SECRET = 'a secret of at least thirty-two characters';
    const run = demoCommand.run(['--base-url', 'http://127.0.0.1:1', '--data', '/nowhere']);
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow('ops -- merchant');
  });
});
