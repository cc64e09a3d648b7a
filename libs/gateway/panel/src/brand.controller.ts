import { Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { paletteOf, readLogo, type Brand, type BrandChanges, type BrandShades } from '@paymatch/gateway-access';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { BrandDto, logoBytes } from './brand.dto.js';
import { admit, PANEL_DESK, type PanelDesk } from './panel-desk.js';

/** How the shop shows itself at the checkout, in the key's mode. */
@Controller('api/panel/v1/brand')
export class BrandController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, renderBrand(this.desk, await this.desk.brands.find(caller))));
  }

  @Put()
  async set(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const changes = changesIn(readFields(request, BrandDto));
    sendAnswer(reply, dataAnswer(200, renderBrand(this.desk, await this.desk.brands.change(caller, changes))));
  }
}

export function renderBrand({ publicUrl }: Pick<PanelDesk, 'publicUrl'>, brand: Brand): object {
  const { logo, colour } = brand;
  const palette = colour === null ? null : paletteOf(colour);
  return {
    logo: logo === null ? null : { url: `${publicUrl}/pay/brand/${logo.name}`, ...sizeOf(logo) },
    colour,
    shades: palette === null ? null : { light: renderShades(palette.light), dark: renderShades(palette.dark) },
    support_phone: brand.supportPhone,
    whatsapp: brand.whatsapp,
    support_email: brand.supportEmail,
    account_holder: brand.accountHolder,
    default_language: brand.defaultLanguage,
  };
}

/** Only what was sent. */
function changesIn(fields: BrandDto): BrandChanges {
  const { logo, colour, whatsapp } = fields;
  const changes = {
    logo: typeof logo === 'string' ? readLogo(logoBytes(logo)) : logo,
    colour: colour?.toLowerCase() ?? colour,
    supportPhone: fields.support_phone,
    whatsapp: whatsapp?.replace(/[ ()-]/g, '') ?? whatsapp,
    supportEmail: fields.support_email,
    accountHolder: fields.account_holder,
    defaultLanguage: fields.default_language,
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as BrandChanges;
}

function sizeOf({ type, width, height }: NonNullable<Brand['logo']>): object {
  return { content_type: type, width, height };
}

function renderShades({ brand, onBrand }: BrandShades): object {
  return { button: brand, button_text: onBrand };
}
