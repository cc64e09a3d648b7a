import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { casesQuery, devicesQuery, endpointsQuery } from '../api/shop-queries';
import { fill, useSpeech, worded, type Texts } from '../texts/texts';
import { newlyNotified, troublesOf, type Trouble } from './attention-troubles';
import { useLiveInterval } from './live-context';
import { useShop } from './shop';

const ASKED_EVERY_MS = 10_000;
const SHOWN_MS = 12_000;
/** More than these at once are told as their number. */
const SHOWN_MAX = 3;

/** Tells once of a new case, and of a phone or a webhook that has begun to fail. */
export function Attention() {
  const { t } = useSpeech();
  const shop = useShop();
  const navigate = useNavigate();
  const [said, setSaid] = useState('');
  const refetchInterval = useLiveInterval(ASKED_EVERY_MS);
  const cases = useQuery({ ...casesQuery(shop, 'open'), refetchInterval });
  const devices = useQuery({ ...devicesQuery(shop), refetchInterval });
  const endpoints = useQuery({ ...endpointsQuery(shop), refetchInterval });
  const { merchant, mode, session } = shop;
  useEffect(() => {
    if (cases.data === undefined || devices.data === undefined || endpoints.data === undefined) return;
    const present = troublesOf(cases.data, devices.data, endpoints.data);
    const fresh = newlyNotified(`paymatch.told.${session.user.id}.${merchant}.${mode}`, present);
    if (fresh.length === 0) return;
    setSaid(fresh.map((trouble) => sentenceOf(trouble, t)).join('. '));
    const go = (place: Trouble['place']) =>
      void navigate({ to: `/m/$merchant/$mode/${place}`, params: { merchant, mode } as never });
    for (const trouble of fresh.slice(0, SHOWN_MAX)) tell(sentenceOf(trouble, t), t.live.look, () => go(trouble.place));
    if (fresh.length > SHOWN_MAX)
      tell(fill(t.live.more, { count: fresh.length - SHOWN_MAX }), t.live.look, () => go('today'));
  }, [cases.data, devices.data, endpoints.data, merchant, mode, session.user.id, navigate, t]);
  return (
    <div className="said-only" role="status" aria-live="polite">
      {said}
    </div>
  );
}

/** The text beside it is what screen readers are told; this is for looking at. */
function tell(sentence: string, look: string, go: () => void): void {
  const id = notifications.show({
    role: 'status',
    'aria-live': 'off',
    color: 'yellow',
    autoClose: SHOWN_MS,
    message: (
      <>
        <Text size="sm">{sentence}</Text>
        <Anchor
          component="button"
          size="sm"
          onClick={() => {
            notifications.hide(id);
            go();
          }}
        >
          {look}
        </Anchor>
      </>
    ),
  });
}

function sentenceOf(trouble: Trouble, t: Texts): string {
  switch (trouble.kind) {
    case 'case':
      return fill(t.live.newCase, { reason: worded(t.reasons, trouble.about) });
    case 'silent':
      return fill(t.live.silentPhone, { name: trouble.about });
    case 'gap':
      return fill(t.live.gapPhone, { name: trouble.about });
    case 'failing':
      return fill(t.live.failingWebhook, { url: trouble.about });
    case 'disabled':
      return fill(t.live.disabledWebhook, { url: trouble.about });
  }
}
