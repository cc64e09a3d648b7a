import { flag, httpUrl } from '@paymatch/platform-config';

/**
 * Settings of contract A's API. In development shops on plain http are what one has; in production they are a mistake.
 */
export function fastaarSettings(profile: 'development' | 'production') {
  return {
    publicUrl: httpUrl({
      env: 'PAYMATCH_PUBLIC_URL',
      doc: 'where customers and merchants reach this gateway; the base of checkout and list links',
      default: 'http://localhost:8080',
    }),
    allowHttpUrls: flag({
      env: 'PAYMATCH_ALLOW_HTTP_URLS',
      doc: 'whether live payments may return customers to plain http addresses',
      default: profile === 'development',
    }),
  };
}

export interface FastaarSettings {
  readonly publicUrl: string;
  readonly allowHttpUrls: boolean;
}
