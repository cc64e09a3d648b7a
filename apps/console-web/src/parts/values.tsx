import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { useSpeech, useTexts } from '../texts/texts';
import { Icon } from './icon';

export function Money({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const { money } = useSpeech();
  return <span className="figure">{money(amount, currency)}</span>;
}

/** How long ago; the moment itself with its zone on hover. */
export function When({ at, otherwise = '—' }: { readonly at: string | null | undefined; readonly otherwise?: string }) {
  const { age, moment } = useSpeech();
  if (!at) return <span>{otherwise}</span>;
  return (
    <time dateTime={at} title={moment(at)} className="when">
      {age(at)}
    </time>
  );
}

/** Something that people carry elsewhere: whole for copying, however long. */
export function Copied({ text, short }: { readonly text: string; readonly short?: string }) {
  return (
    <span className="copied">
      <code title={text}>{short ?? text}</code>
      <CopyIcon text={text} />
    </span>
  );
}

export function CopyIcon({ text }: { readonly text: string }) {
  const { common } = useTexts();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? common.copied : common.copy}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            onClick={copy}
            aria-label={`${copied ? common.copied : common.copy}: ${text.slice(0, 40)}`}
          >
            <Icon name={copied ? 'check' : 'copy'} size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Names and their values, as a list that screen readers read in pairs. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, React.ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
