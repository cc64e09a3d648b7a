import { readFileSync } from 'node:fs';
import { choice, ConfigError, flag, text, type Setting, type Values } from '@paymatch/platform-config';
import type { KafkaConnection } from './kafka-client.js';

/** How brokers are reached: settings of every process that speaks to them. */
export const kafkaSettings = {
  kafkaBrokers: text({ env: 'PAYMATCH_KAFKA_BROKERS', doc: 'Kafka brokers as host:port, separated by commas' }),
  kafkaTls: flag({ env: 'PAYMATCH_KAFKA_TLS', doc: 'Whether brokers are spoken to over TLS', default: false }),
  kafkaTlsCaFile: optional(
    'PAYMATCH_KAFKA_TLS_CA_FILE',
    'PEM file of the authority that signed the brokers’ certificates',
  ),
  kafkaTlsCertFile: optional(
    'PAYMATCH_KAFKA_TLS_CERT_FILE',
    'PEM file of the certificate shown to brokers that ask for one',
  ),
  kafkaTlsKeyFile: optional('PAYMATCH_KAFKA_TLS_KEY_FILE', 'PEM file of that certificate’s private key'),
  kafkaSaslMechanism: choice({
    env: 'PAYMATCH_KAFKA_SASL_MECHANISM',
    doc: 'How brokers are told who we are; plain sends the password itself, so it needs TLS',
    default: 'none',
    of: ['none', 'plain', 'scram-sha-256', 'scram-sha-512'],
  }),
  kafkaSaslUsername: optional('PAYMATCH_KAFKA_SASL_USERNAME', 'User name for SASL'),
  kafkaSaslPassword: { ...optional('PAYMATCH_KAFKA_SASL_PASSWORD', 'Password for SASL'), isSecret: true },
};

/** Empty is as good as not set: so a compose file may hand on what its user left out. */
function optional(env: string, doc: string): Setting<string> {
  return { env, doc, default: '', parse: (value) => value };
}

/** Throws `ConfigError` with every setting that does not fit the others, or whose file cannot be read. */
export function kafkaConnection(values: Values<typeof kafkaSettings>): KafkaConnection {
  const problems = contradictions(values);
  const read = (env: string, name: string): string | undefined => {
    if (name === '') return undefined;
    try {
      return readFileSync(name, 'utf8');
    } catch (error) {
      problems.push(`${env} cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  };
  const ca = read('PAYMATCH_KAFKA_TLS_CA_FILE', values.kafkaTlsCaFile);
  const cert = read('PAYMATCH_KAFKA_TLS_CERT_FILE', values.kafkaTlsCertFile);
  const key = read('PAYMATCH_KAFKA_TLS_KEY_FILE', values.kafkaTlsKeyFile);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  const { kafkaSaslMechanism: mechanism, kafkaSaslUsername: username, kafkaSaslPassword: password } = values;
  return {
    brokers: values.kafkaBrokers.split(',').map((broker) => broker.trim()),
    ...(values.kafkaTls && {
      tls: { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) },
    }),
    ...(mechanism !== 'none' && { sasl: { mechanism, username, password } }),
  };
}

function contradictions(values: Values<typeof kafkaSettings>): string[] {
  const problems: string[] = [];
  const isSet = (value: string): boolean => value !== '';
  const files = [values.kafkaTlsCaFile, values.kafkaTlsCertFile, values.kafkaTlsKeyFile];
  if (!values.kafkaTls && files.some(isSet))
    problems.push('PAYMATCH_KAFKA_TLS is not true, but a PAYMATCH_KAFKA_TLS_*_FILE is set');
  if (isSet(values.kafkaTlsCertFile) !== isSet(values.kafkaTlsKeyFile))
    problems.push('PAYMATCH_KAFKA_TLS_CERT_FILE and PAYMATCH_KAFKA_TLS_KEY_FILE go together; one of them is not set');
  const hasCredentials = isSet(values.kafkaSaslUsername) && isSet(values.kafkaSaslPassword);
  const hasSome = isSet(values.kafkaSaslUsername) || isSet(values.kafkaSaslPassword);
  if (values.kafkaSaslMechanism === 'none' ? hasSome : !hasCredentials)
    problems.push(
      'PAYMATCH_KAFKA_SASL_MECHANISM, PAYMATCH_KAFKA_SASL_USERNAME and PAYMATCH_KAFKA_SASL_PASSWORD go together; not all are set',
    );
  if (values.kafkaSaslMechanism === 'plain' && !values.kafkaTls)
    problems.push('PAYMATCH_KAFKA_SASL_MECHANISM=plain would send the password in clear; set PAYMATCH_KAFKA_TLS=true');
  return problems;
}
