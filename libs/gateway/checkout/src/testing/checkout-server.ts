import { Global, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayEdge, RateLimiter } from '@paymatch/gateway-edge';
import { BRANDS, MERCHANTS, SUBSCRIPTION_GATE, VISITOR_LIMITER, type VisitorLimiter } from '@paymatch/gateway-access';
import { PAYMENT_LINKS, WALLETS } from '@paymatch/gateway-receiving';
import { PAGE_OPENINGS, PAYMENT_FIGURES, PAYMENT_READ_MODEL, PAYMENTS_CLIENT } from '@paymatch/gateway-read-models';
import { LOGGER, silentLogger } from '@paymatch/platform-observability';
import { CheckoutModule } from '../checkout.module.js';
import type { CheckoutOptions } from '../checkout.options.js';
import { CheckoutWorld } from './checkout-world.js';

@Global()
@Module({})
class WorldModule {
  static of(world: CheckoutWorld): DynamicModule {
    const windows = new RateLimiter();
    const limiter: VisitorLimiter = { take: async (...window) => windows.take(...window) };
    const providers = [
      { provide: VISITOR_LIMITER, useValue: limiter },
      { provide: MERCHANTS, useValue: world.merchantsPort },
      { provide: BRANDS, useValue: world.brandsPort },
      // What is sold by links is tried with the whole gateway.
      { provide: PAYMENT_LINKS, useValue: { findPublic: async () => null } },
      { provide: SUBSCRIPTION_GATE, useValue: { admitPayment: async () => undefined } },
      { provide: WALLETS, useValue: world.walletsPort },
      { provide: PAYMENT_FIGURES, useValue: world.figuresPort },
      { provide: PAYMENT_READ_MODEL, useValue: world.readModelPort },
      { provide: PAGE_OPENINGS, useValue: world.openingsPort },
      { provide: PAYMENTS_CLIENT, useValue: world.clientPort },
      { provide: LOGGER, useValue: silentLogger },
    ];
    return { module: WorldModule, providers, exports: providers.map((provider) => provider.provide) };
  }
}

export interface CheckoutServer {
  readonly world: CheckoutWorld;
  readonly url: string;
  stop(): Promise<void>;
}

/** The checkout on a loopback port, as the gateway serves it, with an in-memory world behind it. */
export async function startCheckoutServer(
  options: Partial<CheckoutOptions> & { readonly isRealTime?: boolean } = {},
): Promise<CheckoutServer> {
  const { isRealTime = false, ...checkoutOptions } = options;
  const world = new CheckoutWorld();
  if (isRealTime) world.nowMs = Date.now();
  const clock = { nowMs: () => (isRealTime ? Date.now() : world.nowMs) };
  const checkout = CheckoutModule.register({ publicUrl: 'http://127.0.0.1', clock, ...checkoutOptions });
  const edge = new GatewayEdge({ faces: [], logger: silentLogger });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: class {}, imports: [WorldModule.of(world), checkout] },
    edge.createAdapter(),
    { logger: false },
  );
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  return {
    world,
    url: await app.getUrl(),
    // HTTP first and then the modules, as every service stops.
    stop: async () => {
      await app.getHttpAdapter().getInstance().close();
      await app.close();
    },
  };
}
