// `node scripts/kafka-broker.mjs [folder] [port]`: one real Apache Kafka broker on 127.0.0.1, until Ctrl-C. Needs Java
// 17 and Maven.
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, install, root } from './prepare.mjs';

install();
build();
const { KafkaBroker } = createRequire(import.meta.url)(path.join(root, 'libs/platform/dev-servers/dist/index.js'));
const [dataDir = path.join(root, '.paymatch/kafka'), port] = process.argv.slice(2);
try {
  const broker = await KafkaBroker.start({ dataDir, ...(port !== undefined && { port: Number(port) }) });
  console.log(`Kafka is ready at ${broker.address} (pid ${broker.pid}, data in ${dataDir}); Ctrl-C stops it`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => void broker.stop().then(() => process.exit(0)));
} catch (error) {
  console.error(`paymatch: ${error.message}`);
  process.exit(1);
}
