import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** PEM files of an authority made for one test, and what it signed. */
export interface TestCertificates {
  readonly ca: string;
  readonly client: { readonly cert: string; readonly key: string };
  /** Key and certificate in one file, as the broker takes them. */
  readonly broker: string;
}

/** By openssl, in `folder`: for a broker at 127.0.0.1 and one client. */
export function makeCertificates(folder: string): TestCertificates {
  const file = (name: string): string => path.join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { stdio: 'pipe', timeout: 30_000 });
  };
  const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl(...request, '-x509', '-subj', '/CN=test authority', '-keyout', file('ca.key'), '-out', file('ca.pem'));
  const sign = (name: string, extension: string): void => {
    writeFileSync(file(`${name}.ext`), extension);
    openssl(
      ...request.slice(0, 4),
      '-subj',
      `/CN=${name}`,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.csr`),
    );
    const signed = [
      '-CA',
      file('ca.pem'),
      '-CAkey',
      file('ca.key'),
      '-CAcreateserial',
      '-extfile',
      file(`${name}.ext`),
    ];
    openssl('x509', '-req', '-days', '2', '-in', file(`${name}.csr`), ...signed, '-out', file(`${name}.pem`));
  };
  sign('broker', 'subjectAltName=IP:127.0.0.1');
  sign('client', 'extendedKeyUsage=clientAuth');
  writeFileSync(
    file('broker.keystore.pem'),
    ['broker.key', 'broker.pem', 'ca.pem'].map((name) => readFileSync(file(name), 'utf8')).join(''),
  );
  return {
    ca: file('ca.pem'),
    client: { cert: file('client.pem'), key: file('client.key') },
    broker: file('broker.keystore.pem'),
  };
}
