import { givenOf, linkBody, localMinute } from './payment-link-given';

const noText = { title: '', description: '', button: '', thank_you: '' };
const fresh = givenOf(null, 'bn');

describe('a payment link that is filled in', () => {
  it('is sent with a price, or with bounds that are taken back when they are empty', () => {
    expect(linkBody({ ...fresh, amount: '350' })).toMatchObject({
      amount: '350',
      payments_max: null,
      expires_at: null,
    });
    expect(linkBody({ ...fresh, kind: 'free', amount: '350', amount_min: '20' })).toMatchObject({
      amount: null,
      amount_min: '20',
      amount_max: null,
    });
  });

  it('speaks first the language of whoever makes it, when they wrote in it, and else one they wrote in', () => {
    const en = { ...noText, title: 'Winter course' };
    const bn = { ...noText, title: 'শীতকালীন কোর্স' };
    expect(linkBody({ ...fresh, texts: { en, bn, pt: noText } })).toMatchObject({
      default_language: 'bn',
      texts: { en: { title: 'Winter course', description: null }, bn: { title: 'শীতকালীন কোর্স' } },
    });
    const body = linkBody({ ...fresh, texts: { en, bn: noText, pt: noText } });
    expect(body.default_language).toBe('en');
    expect(Object.keys(body.texts)).toEqual(['en']);
  });

  it('ends at the minute that was chosen, in the zone of whoever chose it', () => {
    const iso = '2026-06-12T08:30:00.000Z';
    expect(linkBody({ ...fresh, expires: localMinute(iso) }).expires_at).toBe(iso);
    expect(localMinute(null)).toBe('');
  });
});
