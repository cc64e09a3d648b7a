/** One part of a long SMS as a forwarder hands it over. */
export interface MessagePart {
  /** Counted from 1. */
  readonly index: number;
  readonly total: number;
  readonly text: string;
}

export interface JoinedParts {
  readonly body: string;
  /** Whether every part is there exactly once or repeated word for word; what is not complete must not credit. */
  readonly complete: boolean;
}

const PARTS_MAX = 10;

/**
 * Puts the parts of one message together, in whatever order they came. A part that contradicts its copy, or its
 * siblings' count, leaves the message incomplete.
 */
export function joinParts(parts: readonly MessagePart[]): JoinedParts {
  const total = parts[0]?.total ?? 0;
  const texts = new Map<number, string>();
  let sound = total >= 1 && total <= PARTS_MAX;
  for (const part of parts) {
    const known = texts.get(part.index);
    if (part.total !== total || !Number.isInteger(part.index) || part.index < 1 || part.index > total) sound = false;
    else if (known !== undefined && known !== part.text) sound = false;
    else texts.set(part.index, part.text);
  }
  const body = [...texts]
    .sort(([left], [right]) => left - right)
    .map(([, text]) => text)
    .join('');
  return { body, complete: sound && texts.size === total };
}
