import { readConfig } from '@paymatch/platform-config';
import { processSettings } from './service-process.js';

describe('the database password of the example file', () => {
  const env = {
    DATABASE_URL: 'postgres://payments:change-me-payments@postgres:5432/paymatch',
    PAYMATCH_KAFKA_BROKERS: 'kafka:9092',
  };

  it('does for trying out on one machine', () => {
    expect(readConfig(processSettings(false), env).databaseUrl).toBe(env.DATABASE_URL);
  });

  it('stops the start in production, without being printed', () => {
    const start = (): unknown => readConfig(processSettings(true), env);
    expect(start).toThrow('DATABASE_URL still has the value of the example file; set one of your own');
    expect(start).not.toThrow('change-me');
  });
});
