import { alarmSigner, callbackSigner, type WebhookCommand } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { alarmContacts, alarmsOf, setAlarmContacts } from '../alarms/alarm.handler.js';
import { raiseAlarms } from '../alarms/shop-alarms.js';
import { detailOf, listOf, retry } from '../deliveries/delivery.handler.js';
import { getEvent, listEvents } from '../events/feed.handler.js';
import { getReplay, listReplays, startReplay } from '../replays/replay.handler.js';
import { advanceTestClock } from '../test-clock/test-clock.handler.js';
import { getTestEvent, sendTestEvent } from '../test-events/test-event.handler.js';
import { invalid, type CommandContext } from './command-context.js';
import {
  changeEndpoint,
  createEndpoint,
  getEndpoint,
  getOwnSecret,
  getSecret,
  listEndpoints,
  removeEndpoint,
  rotateEndpointSecret,
  rotateOwnSecret,
} from './endpoint.handler.js';

export async function handleWebhookCommand(command: WebhookCommand, context: CommandContext): Promise<unknown> {
  if (typeof command.merchantId !== 'string' || command.merchantId === '') throw invalid('merchantId');
  if (typeof command.livemode !== 'boolean') throw invalid('livemode');
  switch (command.type) {
    case 'CreateEndpoint':
      return await createEndpoint(command, context);
    case 'ChangeEndpoint':
      return await changeEndpoint(command, context);
    case 'RemoveEndpoint':
      return await removeEndpoint(command, context);
    case 'GetEndpoint':
      return await getEndpoint(command, context);
    case 'ListEndpoints':
      return await listEndpoints(command, context);
    case 'GetSecret':
      return await getSecret(command, context);
    case 'RotateSecret':
      return await rotateEndpointSecret(command, context);
    case 'GetCallbackSecret':
      return await getOwnSecret(callbackSigner(command), context);
    case 'RotateCallbackSecret':
      return await rotateOwnSecret(callbackSigner(command), context);
    case 'ListDeliveries':
      return await listOf(command, context);
    case 'GetDelivery':
      return await detailOf(command, context);
    case 'RetryDelivery':
      return await retry(command, context);
    case 'ListEvents':
      return await listEvents(command, context);
    case 'GetEvent':
      return await getEvent(command, context);
    case 'StartReplay':
      return await startReplay(command, context);
    case 'GetReplay':
    case 'CancelReplay':
      return await getReplay(command, context);
    case 'ListReplays':
      return await listReplays(command, context);
    case 'SendTestEvent':
      return await sendTestEvent(command, context);
    case 'GetTestEvent':
      return await getTestEvent(command, context);
    case 'ListAlarms':
      return await alarmsOf(command, context);
    case 'GetAlarmContacts':
      return await alarmContacts(command, context);
    case 'SetAlarmContacts':
      return await setAlarmContacts(command, context);
    case 'RaiseAlarms':
      return await raiseAlarms(command, context);
    case 'GetAlarmSecret':
      return await getOwnSecret(alarmSigner(command), context);
    case 'RotateAlarmSecret':
      return await rotateOwnSecret(alarmSigner(command), context);
    case 'AdvanceTestClock':
      return await advanceTestClock(command, context);
    default:
      throw new Refusal('INVALID_COMMAND', { type: (command satisfies never as WebhookCommand).type });
  }
}
