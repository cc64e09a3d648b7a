import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DocumentedAnswers, type GivenAnswer } from '@paymatch/platform-testing';

const folder = path.join(__dirname, '../../docs/reference/openapi');
const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => new DocumentedAnswers(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));

/**
 * Throws where an answer of the gateway is not as the kept OpenAPI documents say. Without a request's id it is not the
 * gateway's but a proxy's; what fails while services are killed is judged by the tests that kill them.
 */
export function holdToDocuments(answer: GivenAnswer): void {
  const isJudged = answer.status < 500 && answer.headers.get('x-request-id') !== null;
  if (isJudged) for (const document of documents) document.check(answer);
}
