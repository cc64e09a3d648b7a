import { rulesOf } from '@paymatch/gateway-edge';
import { assertRuleAgrees } from '@paymatch/platform-testing';
import { BrandDto } from '../brand.dto.js';
import * as brazil from '../brazil.dto.js';
import * as devices from '../devices.dto.js';
import * as panel from '../panel.dto.js';
import * as operator from '../people/operator.dto.js';
import * as people from '../people/people.dto.js';
import { ParseMessagesDto } from '../parse-messages.controller.js';
import { AlarmContactsDto } from '../webhook-alarms.controller.js';
import { StartReplayDto } from '../webhook-replays.controller.js';
import { ChangePaymentLinkDto, CreatePaymentLinkDto } from '../payment-links/payment-links.dto.js';
import * as webhooks from '../webhook.rules.js';

const { NoFieldsDto: _, ...panelDtos } = panel;
const { emailRule: ___, ...peopleDtos } = people;
const { OVERLAP_MINUTES_MAX: __, ...deviceDtos } = devices;
const dtos = [
  panelDtos,
  peopleDtos,
  operator,
  brazil,
  deviceDtos,
  webhooks,
  { ChangePaymentLinkDto, CreatePaymentLinkDto },
  { BrandDto, ParseMessagesDto, StartReplayDto, AlarmContactsDto },
].flatMap((module) => Object.values(module as Readonly<Record<string, new () => object>>));
const fields = dtos.flatMap((dto) => rulesOf(dto).map(([name, rule]) => [`${dto.name}.${name}`, rule] as const));

describe('a field of the panel API', () => {
  it('is found among some sixty', () => expect(fields.length).toBeGreaterThan(50));

  it.each(fields)('%s is described as it is checked', (_name, rule) => {
    expect(rule.schema).toBeDefined();
    assertRuleAgrees(rule, rule.schema!);
  });
});
