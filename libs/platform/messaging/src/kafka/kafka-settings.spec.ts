import { ConfigError, readConfig } from '@paymatch/platform-config';
import { kafkaConnection, kafkaSettings } from './kafka-settings.js';

const connection = (env: Readonly<Record<string, string>>) =>
  kafkaConnection(readConfig(kafkaSettings, { PAYMATCH_KAFKA_BROKERS: 'a:1, b:2', ...env }));

describe('how brokers are spoken to', () => {
  it('in clear and as nobody, unless something else is said', () => {
    expect(connection({})).toEqual({ brokers: ['a:1', 'b:2'] });
  });

  it('over TLS with the authorities that Node trusts, as a user', () => {
    const env = {
      PAYMATCH_KAFKA_TLS: 'true',
      PAYMATCH_KAFKA_TLS_CA_FILE: '',
      PAYMATCH_KAFKA_SASL_MECHANISM: 'plain',
      PAYMATCH_KAFKA_SASL_USERNAME: 'paymatch',
      PAYMATCH_KAFKA_SASL_PASSWORD: 's=e/c#ret',
    };
    expect(connection(env)).toEqual({
      brokers: ['a:1', 'b:2'],
      tls: {},
      sasl: { mechanism: 'plain', username: 'paymatch', password: 's=e/c#ret' },
    });
  });

  const user = { PAYMATCH_KAFKA_SASL_USERNAME: 'u', PAYMATCH_KAFKA_SASL_PASSWORD: 'p' };
  it.each([
    [{ PAYMATCH_KAFKA_TLS_CA_FILE: __filename }, 'PAYMATCH_KAFKA_TLS is not true, but'],
    [{ PAYMATCH_KAFKA_TLS: 'true', PAYMATCH_KAFKA_TLS_CERT_FILE: __filename }, 'go together; one of them is not set'],
    [{ PAYMATCH_KAFKA_TLS: 'true', PAYMATCH_KAFKA_TLS_CA_FILE: '/nowhere' }, '_CA_FILE cannot be read: ENOENT'],
    [{ PAYMATCH_KAFKA_SASL_MECHANISM: 'plain', ...user }, 'would send the password in clear'],
    [{ PAYMATCH_KAFKA_SASL_MECHANISM: 'scram-sha-512' }, 'go together; not all are set'],
    [user, 'go together; not all are set'],
  ])('is refused where settings contradict each other: %j', (env, problem) => {
    expect(() => connection(env)).toThrow(ConfigError);
    expect(() => connection(env)).toThrow(problem);
  });
});
