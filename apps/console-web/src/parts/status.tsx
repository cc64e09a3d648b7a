import { useTexts, worded } from '../texts/texts';
import { Icon, type IconName } from './icon';

type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'wait';
const looks: Readonly<Record<string, readonly [Tone, IconName]>> = {
  completed: ['good', 'check'],
  delivered: ['good', 'check'],
  active: ['good', 'check'],
  ok: ['good', 'check'],
  matched: ['good', 'check'],
  done: ['good', 'check'],
  running: ['wait', 'half'],
  pending: ['quiet', 'clock'],
  not_heard_yet: ['quiet', 'clock'],
  awaiting_verification: ['wait', 'half'],
  open: ['wait', 'half'],
  review: ['wait', 'half'],
  parked: ['warn', 'review'],
  alert: ['bad', 'review'],
  failing: ['bad', 'review'],
  failed: ['bad', 'cross'],
  given_up: ['bad', 'cross'],
  disabled: ['bad', 'cross'],
  suspended: ['bad', 'cross'],
  expired: ['quiet', 'cross'],
  revoked: ['quiet', 'cross'],
  sold_out: ['quiet', 'cross'],
  refunded: ['warn', 'refunds'],
  partially_refunded: ['warn', 'refunds'],
};

/** A state by its word, its shape and its colour: any one of them is enough. */
export function Status({ code }: { readonly code: string }) {
  const { statuses } = useTexts();
  const [tone, icon] = looks[code] ?? ['quiet', 'dot'];
  return (
    <span className="status" data-tone={tone}>
      <Icon name={icon} size={15} />
      {worded(statuses, code)}
    </span>
  );
}
