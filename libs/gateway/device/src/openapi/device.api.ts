import type { ApiDescription } from '@paymatch/gateway-edge';
import { deviceOperations } from './device-operations.js';

/**
 * The device API as `/openapi/device.json` tells of it.
 *
 * A new route gets an entry in `device-operations.ts`: its method and its path as the router has them, what it takes,
 * and every status it answers. Then `node scripts/openapi.mjs` writes docs/reference/openapi anew.
 */
export const deviceApi: ApiDescription = {
  name: 'device',
  title: 'Paymatch: device API',
  version: '1.0.0',
  description:
    'Phones that receive payment messages hand them over here. A device can only add; no route gives it anything to read.',
  tags: {
    Phones: 'Our own protocol: signed, numbered, in batches.',
    'Forwarder apps': 'Apps that exist already, with their bodies as they are.',
  },
  security: {
    deviceSignature: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Device-Signature',
      description: 'Each request is signed; see the headers of the operation.',
    },
    smsGate: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Signature',
      description: "SMSGate signs each request with the device's secret.",
    },
  },
  defaultSecurity: 'deviceSignature',
  operations: deviceOperations,
};
