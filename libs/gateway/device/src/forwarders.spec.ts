import { checkMessage } from './device-message.js';
import { fromIncomeSmsWebhook, fromSmsGate } from './forwarders.js';

describe('the body of android_income_sms_gateway_webhook', () => {
  const body = {
    from: 'bKash',
    text: 'You have received Tk 350.00',
    sentStamp: 1_786_686_420_000,
    receivedStamp: 1_786_686_422_500,
    sim: 'sim1',
  };

  it('becomes one message', () => {
    const [entry] = fromIncomeSmsWebhook(body)!;
    expect(checkMessage(entry)).toEqual({
      isValid: true,
      message: {
        seq: null,
        sender: 'bKash',
        body: body.text,
        simSlot: 1,
        sentAt: '2026-08-14T05:47:00.000Z',
        receivedAt: '2026-08-14T05:47:02.500Z',
        part: null,
      },
    });
  });

  it.each([
    ['undetected', null],
    ['SIM 2', 2],
    ['2', 2],
    [undefined, null],
    ['sim', null],
    [{ toString: 1 }, null],
  ])('reads the SIM %j as %j', (sim, slot) => {
    expect(fromIncomeSmsWebhook({ ...body, sim })![0]).toMatchObject({ sim_slot: slot });
  });

  it('reads stamps written as texts, and has a wrong stamp refused by name', () => {
    expect(fromIncomeSmsWebhook({ ...body, sentStamp: '1786686420000' })![0]).toMatchObject({
      sent_at: '2026-08-14T05:47:00.000Z',
    });
    expect(checkMessage(fromIncomeSmsWebhook({ ...body, sentStamp: '%sentStamp%' })![0])).toMatchObject({
      isValid: false,
      reason: expect.stringContaining('sent_at') as string,
    });
  });

  it.each(['from', 'text', 'sentStamp', 'receivedStamp'])(
    'has a %s without a text refused, and does not throw',
    (name) => {
      expect(checkMessage(fromIncomeSmsWebhook({ ...body, [name]: { toString: 1 } })![0])).toMatchObject({
        isValid: false,
      });
    },
  );

  it.each([null, [], {}, { from: 'bKash' }, 'text'])('is not %j', (other) =>
    expect(fromIncomeSmsWebhook(other)).toBeNull(),
  );
});

describe('the body of a SMSGate webhook', () => {
  const payload = {
    messageId: 'abc',
    sender: 'NAGAD',
    recipient: null,
    simNumber: 2,
    message: 'Money Received.',
    receivedAt: '2026-08-14T11:47:02.500+06:00',
  };
  const body = { id: 'Ey6ECgOkVVFjz3CL48B8C', webhookId: 'w', deviceId: 'd', event: 'sms:received', payload };

  it('becomes one message', () => {
    expect(checkMessage(fromSmsGate(body)![0])).toEqual({
      isValid: true,
      message: {
        seq: null,
        sender: 'NAGAD',
        body: 'Money Received.',
        simSlot: 2,
        sentAt: null,
        receivedAt: '2026-08-14T05:47:02.500Z',
        part: null,
      },
    });
  });

  it('knows the older name of the sender', () => {
    const { sender: _sender, ...rest } = payload;
    expect(fromSmsGate({ ...body, payload: { ...rest, phoneNumber: 'NAGAD' } })![0]).toMatchObject({ sender: 'NAGAD' });
  });

  it('means nothing for other events, and is not any other body', () => {
    expect(fromSmsGate({ ...body, event: 'sms:sent' })).toEqual([]);
    expect(fromSmsGate({ event: 'sms:received' })).toBeNull();
    expect(fromSmsGate([])).toBeNull();
  });
});
