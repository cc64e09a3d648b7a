/** Under which names the operator's secret keeps credentials; another name would make every one of them unknown. */
export const credentialPurposes = {
  oauthSecrets: 'paymatch/smartfastpay/oauth-secrets/v1',
  accessTokens: 'paymatch/smartfastpay/access-tokens/v1',
} as const;
