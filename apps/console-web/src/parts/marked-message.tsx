import { useTexts, worded } from '../texts/texts';
import type { StoredMessage } from '../api/shapes';
import { When } from './values';

/** A text as it came, with what was read of it marked where it stands. */
export function MarkedMessage({ message }: { readonly message: StoredMessage }) {
  const { timeline } = useTexts();
  const marks = [...message.fields].sort((a, b) => a.from - b.from);
  const pieces: React.ReactNode[] = [];
  let at = 0;
  for (const { field, from, to } of marks) {
    if (from < at) continue;
    pieces.push(message.body.slice(at, from));
    pieces.push(
      <mark key={from} title={worded(timeline.fields, field)}>
        {message.body.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  pieces.push(message.body.slice(at));
  return (
    <figure className="evidence">
      <figcaption>
        {message.sender} · <When at={message.arrived_at} />
      </figcaption>
      <pre className="message">{pieces}</pre>
    </figure>
  );
}
