import type { AccountType } from './account-types.js';
import { expandPattern } from './pattern.compiler.js';
import { lintPattern } from './pattern.lint.js';
import type { ProviderTemplates, Template } from './template.js';
import { foldSender, normaliseText } from './text-normaliser.js';

export interface CompiledTemplate {
  readonly template: Template;
  readonly expression: RegExp;
}

/** Every known sender and the templates its messages are tried against. Built once, checked while building. */
export interface TemplateRegistry {
  readonly templates: readonly Template[];
  /** `undefined` = nobody we know sends under this name. */
  candidates(sender: string, account: AccountType): readonly CompiledTemplate[] | undefined;
  /** Providers that send under this name: one mask may serve two products. */
  providersOf(sender: string): readonly string[];
}

const ACCOUNT_TYPES: readonly AccountType[] = ['personal', 'merchant', 'agent', 'bank'];

interface SenderEntry {
  readonly providers: Set<string>;
  readonly byAccount: Map<AccountType, CompiledTemplate[]>;
}

/**
 * Compiles and lints. Throws one error naming every fault of every template: a registry with a fault must not start.
 */
export function buildRegistry(providers: readonly ProviderTemplates[]): TemplateRegistry {
  const senders = new Map<string, SenderEntry>();
  const templates = providers.flatMap((provider) => provider.templates);
  for (const provider of providers)
    for (const sender of provider.senders) entryOf(senders, sender).providers.add(provider.provider);
  const faults = duplicates(templates);
  const compiled: CompiledTemplate[] = [];
  for (const template of templates) {
    const source = expandPattern(template);
    faults.push(
      ...lintPattern(source).map((fault) => `${template.id}: pattern has ${fault}`),
      ...lintTemplate(template),
    );
    const one = { template, expression: new RegExp(source) };
    compiled.push(one);
    for (const sender of template.senders) {
      const entry = entryOf(senders, sender);
      entry.providers.add(template.provider);
      for (const account of template.accountTypes) entry.byAccount.get(account)?.push(one);
    }
  }
  const registry = registryOf(templates, senders);
  for (const one of compiled) faults.push(...lintSamples(one, registry));
  if (faults.length > 0) throw new Error(`template registry refused:\n${faults.join('\n')}`);
  return registry;
}

function registryOf(templates: readonly Template[], senders: ReadonlyMap<string, SenderEntry>): TemplateRegistry {
  const entry = (sender: string): SenderEntry | undefined => {
    const folded = foldSender(sender);
    return folded === null ? undefined : senders.get(folded);
  };
  return {
    templates,
    candidates: (sender, account) => entry(sender)?.byAccount.get(account),
    providersOf: (sender) => [...(entry(sender)?.providers ?? [])],
  };
}

function entryOf(senders: Map<string, SenderEntry>, sender: string): SenderEntry {
  const folded = foldSender(sender);
  if (folded === null || folded === '') throw new Error(`sender ${JSON.stringify(sender)} is not plain ASCII`);
  const known = senders.get(folded);
  if (known) return known;
  const entry: SenderEntry = {
    providers: new Set(),
    byAccount: new Map(ACCOUNT_TYPES.map((account) => [account, []])),
  };
  senders.set(folded, entry);
  return entry;
}

function duplicates(templates: readonly Template[]): string[] {
  const seen = new Set<string>();
  return templates.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [`${id}: the id is used twice`];
  });
}

function lintTemplate(template: Template): readonly string[] {
  const faults: string[] = [];
  if (template.creditable && template.direction !== 'in') faults.push('creditable but not incoming');
  if (template.direction !== 'none' && !template.required.includes('amount'))
    faults.push('money moves but no amount is read');
  if (template.status === 'active' && template.samples.length === 0) faults.push('active without a sample');
  if (template.status === 'active' && template.creditable) {
    if (!template.samples.some(({ wording }) => wording === 'real'))
      faults.push('credits by itself without one sample of real wording');
    if (template.endsOpen) faults.push('credits by itself although its end may be cut');
  }
  return faults.map((fault) => `${template.id}: ${fault}`);
}

/** A sample must be read by its own template and by no other that its sender's messages are tried against. */
function lintSamples({ template, expression }: CompiledTemplate, registry: TemplateRegistry): readonly string[] {
  const faults: string[] = [];
  for (const sample of template.samples) {
    const text = normaliseText(sample.body);
    const sender = sample.sender ?? template.senders[0] ?? '';
    const rivals = new Set(template.accountTypes.flatMap((account) => registry.candidates(sender, account) ?? []));
    const readers = [...rivals].filter((rival) => rival.expression.test(text)).map((rival) => rival.template.id);
    if (!readers.includes(template.id)) faults.push(`does not read its own sample ${JSON.stringify(sample.body)}`);
    const others = readers.filter((id) => id !== template.id);
    if (others.length > 0) faults.push(`its sample is read by ${others.join(', ')} too`);
  }
  for (const miss of template.nearMisses)
    if (expression.test(normaliseText(miss))) faults.push(`reads its near miss ${JSON.stringify(miss)}`);
  return faults.map((fault) => `${template.id}: ${fault}`);
}
