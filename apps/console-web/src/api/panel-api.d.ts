// Written by `node scripts/openapi.mjs` from the panel's OpenAPI document; a test holds it up to date.
export interface paths {
  '/api/panel/v1/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in, and where they belong */
    get: operations['getSession'];
    put?: never;
    /** Sign in; the answer sets the session’s cookie */
    post: operations['signIn'];
    /** Sign out */
    delete: operations['signOut'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/session/step-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove once more who is there, before money, secrets or people are touched */
    post: operations['stepUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One’s own sessions, newest first */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of one’s own sessions */
    delete: operations['endSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/setup/look': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a link gives, before it is used */
    post: operations['lookAtLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/setup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Come in by a link: with a new account, or with the one that has this address */
    post: operations['useLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change one’s own name and language; what is absent stays */
    patch: operations['changeMe'];
    trace?: never;
  };
  '/api/panel/v1/me/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Choose another password; every other session ends */
    post: operations['changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/me/totp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A secret for an authenticator, which asks for nothing before it is confirmed */
    post: operations['beginTotp'];
    /** Remove the authenticator and its recovery codes */
    delete: operations['removeTotp'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/me/totp/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Use the authenticator from now on; other sessions end */
    post: operations['confirmTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/me/passkeys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One’s own passkeys */
    get: operations['listPasskeys'];
    put?: never;
    /** Keep the passkey that the browser made */
    post: operations['addPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/me/passkeys/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What the browser needs to make a passkey; good once, within five minutes, in this session */
    post: operations['beginPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/me/passkeys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove one of one’s own passkeys */
    delete: operations['removePasskey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/session/passkey/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What the browser needs to sign in by any passkey of this gateway */
    post: operations['beginPasskeySignIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/session/passkey': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in by passkey, which is two factors in one; the answer sets the session’s cookie */
    post: operations['signInByPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/session/step-up/passkey/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What the browser needs to prove by passkey once more who is there */
    post: operations['beginPasskeyStepUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/session/step-up/passkey': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove by passkey once more who is there */
    post: operations['stepUpByPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/password-reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mail a link for a forgotten password; the answer is the same whether there is such an account
     * @description The link is good for one hour, and once. Where no mail server is set nothing is mailed; the operator prints a link then.
     */
    post: operations['askPasswordReset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/password-reset/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Choose another password by such a link; every session ends, and nobody is signed in by it */
    post: operations['resetPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who works for the merchant, and who is invited */
    get: operations['listPeople'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/people/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Invite somebody; an earlier invitation of the same address ends */
    post: operations['invitePerson'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/people/invitations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take an invitation back */
    delete: operations['withdrawInvitation'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/people/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take somebody out; their sessions end */
    delete: operations['removePerson'];
    options?: never;
    head?: never;
    /** Give somebody another role; their sessions end */
    patch: operations['changeRole'];
    trace?: never;
  };
  '/api/panel/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who changed what, newest first */
    get: operations['listAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/audit.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same as CSV, in UTC */
    get: operations['exportAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/merchants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The merchants of the installation, newest first */
    get: operations['listMerchants'];
    put?: never;
    /** Make a merchant, with a first test key */
    post: operations['createMerchant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The plans that merchants may have */
    get: operations['listPlans'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/merchants/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One merchant, with its plan and what it uses of it */
    get: operations['showMerchantToOperator'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Name a merchant, or give it a plan */
    patch: operations['changeMerchantOfOperator'];
    trace?: never;
  };
  '/api/panel/v1/operator/merchants/{id}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Suspend a merchant, with a reason */
    post: operations['suspendMerchant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/merchants/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let a suspended merchant go on */
    post: operations['resumeMerchant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/merchants/{id}/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Invite somebody as the owner */
    post: operations['inviteOwner'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/merchants/{id}/enter': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Look at a merchant for an hour; its log shows who and why */
    post: operations['enterMerchant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everybody who has an account, newest first */
    get: operations['listInstallationPeople'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/people/{id}/reset-authenticator': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take somebody’s authenticator, recovery codes and passkeys, with a reason; their sessions end */
    post: operations['resetAuthenticator'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who changed what at any merchant, newest first */
    get: operations['listInstallationAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/audit.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same as CSV, in UTC */
    get: operations['exportInstallationAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/merchants/{id}/shared-accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Accounts that a merchant may receive on although another merchant has them */
    get: operations['listSharedAccounts'];
    put?: never;
    /** Let a merchant receive on an account that another merchant has */
    post: operations['allowSharedAccount'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/saved-views': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One’s own views of the console’s screens in this shop */
    get: operations['listSavedViews'];
    put?: never;
    /**
     * Keep a view under a name; another of that name on that screen is replaced
     * @description At most 30 of one person in one shop; they hold in both modes.
     */
    post: operations['saveView'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/saved-views/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Forget a view of one’s own */
    delete: operations['forgetView'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/merchant': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The merchant’s settings in the mode of the key */
    get: operations['getMerchant'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change settings; what is absent stays */
    patch: operations['changeMerchant'];
    trace?: never;
  };
  '/api/panel/v1/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** API keys, newest first */
    get: operations['listApiKeys'];
    put?: never;
    /** Issue an API key in the mode of this one */
    post: operations['issueApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/api-keys/{id}/roll': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new API key in the place of another, which ends after an overlap */
    post: operations['rollApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/api-keys/{id}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke an API key */
    post: operations['revokeApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/oauth-clients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Credentials of contract B, newest first */
    get: operations['listOAuthClients'];
    put?: never;
    /** Issue a credential of contract B */
    post: operations['issueOAuthClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/oauth-clients/{id}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke a credential of contract B and its tokens */
    post: operations['revokeOAuthClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/wallets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Wallets money arrives on */
    get: operations['listWallets'];
    put?: never;
    /** Add a wallet */
    post: operations['addWallet'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/wallets/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Say whose account a wallet is and what may come to it; what is absent stays */
    patch: operations['changeWallet'];
    trace?: never;
  };
  '/api/panel/v1/wallets/{id}/trial': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a payment of one taka to a wallet, to see that its money arrives
     * @description A payment like any other, with `trial` in its metadata; in live mode its taka is a real one.
     */
    post: operations['tryWallet'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/wallets/{id}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close a wallet */
    post: operations['closeWallet'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/brand': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the shop shows itself at the checkout */
    get: operations['getBrand'];
    /**
     * Set how the shop shows itself; what is absent stays, null takes it back
     * @description Customers see it within two seconds. Any colour is taken: the checkout darkens or lightens it until words can be read (`shades`).
     */
    put: operations['setBrand'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/devices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Phones, and how they are doing */
    get: operations['listDevices'];
    put?: never;
    /** Enrol a phone by hand */
    post: operations['enrolDevice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/device-enrolments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A code for a phone to enrol itself with, once and within ten minutes */
    post: operations['issueEnrolmentCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/devices/{id}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke a phone at once */
    post: operations['revokeDevice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/devices/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace a phone’s secret
     * @description The old one ends at once, unless an overlap is asked for.
     */
    post: operations['rotateDeviceSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/device-alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Silences and gaps, newest first */
    get: operations['listDeviceAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/device-alerts/{id}/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close a gap whose messages will never come */
    post: operations['dismissDeviceAlert'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/parse-messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try texts against the templates; nothing is stored */
    post: operations['parseMessages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/today': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the shop is doing, and what it takes to begin
     * @description A figure whose service is away is null.
     */
    get: operations['getToday'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What changes, as it does
     * @description Server-sent events for a person who is signed in. First `event: ready`: look at everything anew, what changes from now on is told. Then lines of data, each a `Change`, within a second of it; `event: resync`: something may have been missed, look at everything anew; `event: end`: the stream is over, and browsers come again. A line of comment every 15 seconds. It ends with the session or the role, and after half an hour. At most 12 for a person.
     */
    get: operations['streamChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/services': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How every process stands, and what waits
     * @description Every process says every ten seconds how it stands. One that has said nothing for a minute is not ready, and its reason is `silent`; after a day it is forgotten.
     */
    get: operations['listServices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/backups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Backups that `ops backup` made of the embedded database
     * @description They lie where the operator put them, and may have been removed since. `own`: another PostgreSQL is used, whose backups are its own operator’s.
     */
    get: operations['listBackups'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The settings this gateway runs with, but for secrets
     * @description What each may be stands in docs/reference/settings.md.
     */
    get: operations['listSettings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/unknown-texts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages of all merchants that no template knows, newest first */
    get: operations['listUnknownTexts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/parked-messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Messages that a service could not take, of all merchants and services, newest first
     * @description Those that failed, or stand first in their order; what waits behind them is counted. `meta.silent` names the services that did not answer, whose messages are missing.
     */
    get: operations['listAllParkedMessages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/parked-messages/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Have a service try a parked message again, or all of its order */
    post: operations['replayAnyParkedMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/parked-messages/{id}/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a parked message up; what waits behind it goes on, and it stays to be seen */
    post: operations['discardAnyParkedMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Payments of both contracts, newest first
     * @description A page may be short, even empty, and have a `next`: a rare combination is looked for some thousand payments at a time. `totals` come with the first page.
     */
    get: operations['listPayments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A payment, and what it waits for */
    get: operations['getPayment'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments/{id}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All that is known of a payment, in the order of time
     * @description Codes and what belongs to them. `payment`: payment_created, page_opened (at the first time; `count`: how often, up to 1000), trx_submitted, payment_completed, payment_failed, payment_expired, review_required, review_resolved, refund_recorded, money_returned, personal_data_erased. `message`: message_arrived. `case`: case_ and what was done. `webhook`: webhook_delivered, webhook_failed, webhook_given_up, webhook_pending, webhook_superseded, webhook_cancelled.
     */
    get: operations['getPaymentTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments/{id}/as-of': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A payment as it stood after one of its events */
    get: operations['getPaymentAsOf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/customers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Customers of both contracts, newest first
     * @description Contract A’s are those that the merchant has written down; contract B’s are those that payments name, with the name and the address of the newest.
     */
    get: operations['listCustomers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/customers/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A customer */
    get: operations['getCustomer'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/credits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Money that arrived and what became of it, newest first */
    get: operations['listCredits'];
    put?: never;
    /**
     * Enter money that a person saw in a wallet
     * @description Above the limit it is a proposal, which a second person confirms.
     */
    post: operations['enterCredit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/credits/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A credit with the messages that told of it */
    get: operations['getCredit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What phones handed over and what it was read as, newest first */
    get: operations['listMessages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/wallets/{id}/days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What came to a wallet day by day, and where its balance does not go on */
    get: operations['listWalletDays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/reconciliation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What became of all the money of a period
     * @description Of each provider `arrived` is `completed` + `waiting` + `in_review` + `ignored` + `returned`. `waiting`: a few minutes old, or being given to a payment.
     */
    get: operations['reconcile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** When what waits becomes a person’s concern, and for how long messages are kept */
    get: operations['getReviewSettings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Say for how long the message of a TrxID is waited for, and messages are kept */
    patch: operations['changeReviewSettings'];
    trace?: never;
  };
  '/api/panel/v1/reconciliation.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Each credit of a period with what became of it, as CSV */
    get: operations['exportReconciliation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All payments under the filters of their list, as CSV */
    get: operations['exportPayments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments/{id}/notes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What people have written on a payment, oldest first */
    get: operations['listPaymentNotes'];
    put?: never;
    /** Write a note on a payment; it stays */
    post: operations['addPaymentNote'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/refunds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Money that was sent back, newest first */
    get: operations['listRefunds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/devices/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Rename a phone, or say which wallets it serves */
    patch: operations['changeDevice'];
    trace?: never;
  };
  '/api/panel/v1/review-cases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Money and messages that wait for a person, newest first */
    get: operations['listReviewCases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A case with its payment */
    get: operations['getReviewCase'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}/assign': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give the money to a payment */
    post: operations['assignCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}/hand-over': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hand an open case to somebody of the shop who may decide it
     * @description It says whose work it is; who may decide it stays as it was. `user_id` null: nobody’s again.
     */
    post: operations['handOverCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}/ignore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put the money aside */
    post: operations['ignoreCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Fail the payment; money stays in the case */
    post: operations['rejectCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Complete a payment by hand */
    post: operations['completeCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/review-cases/{id}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The second person’s word on a credit somebody proposed */
    post: operations['confirmCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/transfers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Enter a Pix or bank transfer that a person saw on the account */
    post: operations['enterTransfer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/parked-messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages about money that could not be taken yet */
    get: operations['listParkedMessages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/parked-messages/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try a parked message again */
    post: operations['replayParkedMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/parked-messages/{id}/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a parked message up; it stays to be seen */
    post: operations['discardParkedMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments/{id}/refund': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record money that was sent back; without an amount all that remains */
    post: operations['refundPayment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payments/{id}/deny': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Refuse an open payment for good */
    post: operations['denyPayment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/customers/{id}/erase': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take whoever a customer is out of everything that is kept
     * @description For owners, after a step-up; cannot be undone. Amounts, TrxIDs, times and the merchant’s own references stay. What goes and what stays: docs/how-to/keep-and-erase.md.
     */
    post: operations['eraseCustomer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payment-links': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Payment links, newest first
     * @description A key needs `payments:read` to look and `payments:write` to change; `account:write` is not asked for.
     */
    get: operations['listPaymentLinks'];
    put?: never;
    /**
     * Make a payment link
     * @description An `amount` is the price; without one the customer says how much, from `amount_min` (1.00 unless said) to `amount_max`. Without a `slug` the link gets one that nobody guesses. `default_language` is the first of `texts` unless said.
     */
    post: operations['createPaymentLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/payment-links/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a payment link
     * @description A key needs `payments:read` to look and `payments:write` to change; `account:write` is not asked for.
     */
    get: operations['getPaymentLink'];
    put?: never;
    post?: never;
    /**
     * Remove a payment link
     * @description Its address leads nowhere afterwards, and is given to no other link. Payments stay.
     */
    delete: operations['removePaymentLink'];
    options?: never;
    head?: never;
    /**
     * Change a payment link; what is absent stays
     * @description Payments that are open keep what they were made with. `texts` is replaced as a whole. `amount: null` lets the customer say how much.
     */
    patch: operations['changePaymentLink'];
    trace?: never;
  };
  '/api/panel/v1/pix-account': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The Pix account money arrives on */
    get: operations['getPixAccount'];
    /** Set the Pix account */
    put: operations['setPixAccount'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/pix-account/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new address for the bank’s notices; the earlier one ends */
    post: operations['issuePixCallback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/pix-refused-entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What banks sent and nobody could read, newest first */
    get: operations['listRefusedPixEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/bank-account': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The bank account money arrives on */
    get: operations['getBankAccount'];
    /** Set the bank account */
    put: operations['setBankAccount'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/exchange-rates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rates at which dollars are sold, newest first */
    get: operations['listExchangeRates'];
    put?: never;
    /** Set the rate, with a live key */
    post: operations['setExchangeRate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/bank-statements/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What importing a bank’s statement would do */
    post: operations['previewStatement'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/bank-statements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Import a bank’s statement; each line counts once */
    post: operations['importStatement'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where the merchant is told */
    get: operations['listWebhookEndpoints'];
    put?: never;
    /** Add an endpoint */
    post: operations['createWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-endpoints/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An endpoint */
    get: operations['getWebhookEndpoint'];
    put?: never;
    post?: never;
    /** Remove an endpoint */
    delete: operations['removeWebhookEndpoint'];
    options?: never;
    head?: never;
    /** Change an endpoint; what is absent stays */
    patch: operations['changeWebhookEndpoint'];
    trace?: never;
  };
  '/api/panel/v1/webhook-endpoints/{id}/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The secret that signs an endpoint’s webhooks */
    get: operations['getWebhookSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-endpoints/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace it */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-callback-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The secret that signs contract B’s callbacks */
    get: operations['getCallbackSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-callback-secret/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace it; the new one signs at once */
    post: operations['rotateCallbackSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What became of each telling, newest first */
    get: operations['listWebhookDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A delivery with what was sent and answered; secrets are masked */
    get: operations['getWebhookDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-deliveries/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send it again now */
    post: operations['retryWebhookDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-endpoints/{id}/replays': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send past events to an endpoint again */
    post: operations['startWebhookReplay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-replays': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Replays, newest first */
    get: operations['listWebhookReplays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-replays/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How far a replay has come */
    get: operations['getWebhookReplay'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-replays/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a replay; what is on its way stays there */
    post: operations['cancelWebhookReplay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-alarms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a shop’s people are told of: webhooks, phones, cases, rates; newest first */
    get: operations['listWebhookAlarms'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-alarm-contacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is told of it */
    get: operations['getWebhookAlarmContacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change who is told; what is absent stays */
    patch: operations['changeWebhookAlarmContacts'];
    trace?: never;
  };
  '/api/panel/v1/webhook-alarm-contacts/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The secret that signs what the notification endpoint gets */
    get: operations['getWebhookAlarmSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-alarm-contacts/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace it */
    post: operations['rotateWebhookAlarmSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who of those that run the installation is told of it
     * @description Of what: `merchant.suspended`, `merchant.resumed`, `service.silent`, `service.not-ready`, `service.lagging`, `messages.parked`, `backup.missing`, `texts.unknown`, `notification.test`. Each is told once; mail waits for the end of quiet hours.
     */
    get: operations['getOperatorNotifications'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change who is told of it; what is absent stays */
    patch: operations['changeOperatorNotifications'];
    trace?: never;
  };
  '/api/panel/v1/operator/notifications/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tell them of a test */
    post: operations['testOperatorNotifications'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/notifications/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The secret that signs what the operator’s address gets */
    get: operations['getOperatorNotificationSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/operator/notifications/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace the secret of the operator’s address */
    post: operations['rotateOperatorNotificationSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-endpoints/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a made-up event to an endpoint, once */
    post: operations['sendWebhookTestEvent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-test-events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A test event, and what came of it */
    get: operations['getWebhookTestEvent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/webhook-events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What webhooks told, whether anybody listened or not; newest first */
    get: operations['listWebhookEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/test/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a test payment
     * @description As a shop would make one. Live mode has no such route.
     */
    post: operations['makeTestPayment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/test/payments/{id}/{outcome}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pretend what becomes of a test payment
     * @description In test mode; live mode has no such route.
     */
    post: operations['pretendOutcome'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/test/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pretend that a phone got a message
     * @description As if it had come for any of the test wallets. Live mode has no such route.
     */
    post: operations['pretendMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/panel/v1/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What keys were answered in the last 7 days: errors, and a sample of what went well; newest first */
    get: operations['listApiRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ApiKey: {
      /** Format: uuid */
      id: string;
      name: string | null;
      /** @description The beginning of the key, by which people tell it from others. */
      prefix: string;
      livemode: boolean;
      abilities: (
        'payments:read' | 'payments:write' | 'payments:refund' | 'customers:read' | 'customers:write' | 'account:write'
      )[];
      rate_limit_per_minute: number;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      revoked_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
    };
    ApiRequest: {
      /** Format: uuid */
      id: string;
      /** @description As the answer’s `X-Request-Id`; it leads to the log. */
      request_id: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      at: string;
      /** @description The API key, or the OAuth client. */
      key: {
        /** Format: uuid */
        id: string;
        name: string | null;
      };
      method: string;
      /** @description Without its query; what is no id of ours stays as the route names it. */
      path: string;
      status: number;
      error_code: string | null;
      duration_ms: number;
    };
    AuditEntry: {
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      at: string;
      mode: ('live' | 'test') | null;
      who: {
        /** Format: uuid */
        user_id: string | null;
        /** Format: uuid */
        key_id: string | null;
        /** @description The person’s address, or the key’s name. */
        name: string;
      };
      address: string;
      action: string;
      subject: string | null;
      before: unknown;
      after: unknown;
      reason: string | null;
      request_id: string;
      /** @description How it was answered; `null`: the process ended before it was. */
      status: number | null;
    };
    BankAccount: {
      name: string;
      code: string;
      agency: string;
      account: string;
      account_operation: string;
      document: string;
      beneficiary: string;
    };
    Brand: {
      logo: {
        /** @description Named by its content: whoever has it may keep it for ever. */
        url: string;
        /** @enum {string} */
        content_type: 'image/png' | 'image/jpeg' | 'image/webp';
        width: number;
        height: number;
      } | null;
      colour: string | null;
      /** @description What the checkout makes of the colour, so that words on it can be read. */
      shades: {
        light: {
          button: string;
          button_text: string;
        };
        dark: {
          button: string;
          button_text: string;
        };
      } | null;
      support_phone: string | null;
      whatsapp: string | null;
      support_email: string | null;
      /** @description The name that a wallet’s app shows for the account. */
      account_holder: string | null;
      default_language: ('en' | 'bn' | 'pt') | null;
    };
    Change: {
      /** @enum {string} */
      kind: 'payment' | 'case' | 'credit' | 'message' | 'phone' | 'webhook' | 'note' | 'people';
      /** @description Null: several, or one without an id. Of a note: its payment’s. */
      id: string | null;
      /** @enum {string} */
      change: 'created' | 'changed';
    };
    Credit: {
      /** Format: uuid */
      id: string;
      provider: string;
      wallet_id: string;
      wallet_number: string;
      trx_id: string | null;
      /** @example 500.00 */
      amount: string;
      /** @example 500.00 */
      returned_amount: string;
      currency: string;
      sender_number: string | null;
      /** @example 500.00 */
      balance: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      printed_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      received_at: string;
      /** @enum {string} */
      status: 'open' | 'matched' | 'consumed' | 'in_review' | 'ignored';
      payment_id: string | null;
      decided_by: string | null;
      /** Format: uuid */
      case_id: string | null;
      case_reason: string | null;
    };
    CreditWithMessages: {
      /** Format: uuid */
      id: string;
      provider: string;
      wallet_id: string;
      wallet_number: string;
      trx_id: string | null;
      /** @example 500.00 */
      amount: string;
      /** @example 500.00 */
      returned_amount: string;
      currency: string;
      sender_number: string | null;
      /** @example 500.00 */
      balance: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      printed_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      received_at: string;
      /** @enum {string} */
      status: 'open' | 'matched' | 'consumed' | 'in_review' | 'ignored';
      payment_id: string | null;
      decided_by: string | null;
      /** Format: uuid */
      case_id: string | null;
      case_reason: string | null;
      messages: components['schemas']['StoredMessage'][];
    };
    Customer: {
      /** @description What `/payments?customer=` takes. Contract A: the number; contract B: a UUID. */
      id: string;
      /** @enum {string} */
      contract: 'fastaar' | 'smartfastpay';
      /** @description What payments call the customer: their `customer_id`. */
      reference: string;
      name: string | null;
      phone: string | null;
      email: string | null;
      payments: {
        count: number;
        /** @description False: there are more than were counted. */
        is_exact: boolean;
      };
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_payment_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
    };
    Device: {
      /** Format: uuid */
      id: string;
      livemode: boolean;
      name: string;
      /** @enum {string} */
      status: 'active' | 'revoked';
      wallets: {
        /** Format: uuid */
        wallet_id: string;
        sim_slot: number | null;
      }[];
      /** @enum {string} */
      health: 'ok' | 'alert' | 'not_heard_yet' | 'revoked';
      open_alerts: ('silent' | 'gap')[];
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_heard_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_heartbeat_at: string | null;
      battery_percent: number | null;
      app_version: string | null;
    };
    DeviceAlert: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      device_id: string;
      livemode: boolean;
      /** @enum {string} */
      kind: 'silent' | 'gap';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      opened_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      closed_at: string | null;
      closed_by: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_heard_at: string | null;
      gap: {
        from: number;
        to: number;
      }[];
      missing: {
        from: number;
        to: number;
      }[];
    };
    ExchangeRate: {
      id: string;
      base_currency: string;
      /** @example 5.19 */
      rate: string;
      set_by: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      set_at: string;
      /** @description The installation’s, for merchants without one of their own. */
      is_for_all: boolean;
    };
    InstallationAuditEntry: {
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      at: string;
      mode: ('live' | 'test') | null;
      who: {
        /** Format: uuid */
        user_id: string | null;
        /** Format: uuid */
        key_id: string | null;
        /** @description The person’s address, or the key’s name. */
        name: string;
      };
      address: string;
      action: string;
      subject: string | null;
      before: unknown;
      after: unknown;
      reason: string | null;
      request_id: string;
      /** @description How it was answered; `null`: the process ended before it was. */
      status: number | null;
      merchant: {
        /** Format: uuid */
        id: string;
        name: string;
      } | null;
    };
    InstallationPerson: {
      /** Format: uuid */
      id: string;
      name: string;
      email: string;
      is_operator: boolean;
      totp_enabled: boolean;
      passkeys: number;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_seen_at: string | null;
      merchants: {
        /** Format: uuid */
        id: string;
        name: string;
        /** @enum {string} */
        role: 'owner' | 'manager' | 'support' | 'developer' | 'read-only';
      }[];
    };
    ListedMerchant: {
      /** Format: uuid */
      id: string;
      name: string;
      /** @enum {string} */
      status: 'active' | 'suspended';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      plan: {
        id: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        until: string | null;
      } | null;
    };
    ListedPayment: {
      id: string;
      livemode: boolean;
      /** @description How many events it has; what `as-of` takes. */
      version: number;
      /** @enum {string} */
      contract: 'fastaar' | 'smartfastpay';
      /** @enum {string} */
      source: 'api' | 'payment_link' | 'panel';
      /** @enum {string} */
      method: 'wallet' | 'pix' | 'bank_transfer';
      /** @enum {string} */
      status:
        'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
      /** @example 500.00 */
      amount: string;
      /** @example 500.00 */
      refunded_amount: string;
      /** @example 500.00 */
      received_amount: string | null;
      currency: string;
      invoice_id: string | null;
      customer_id: string | null;
      provider: string | null;
      trx_id: string | null;
      sender_number: string | null;
      wallet_number: string | null;
      failure_reason: string | null;
      review_reason: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      completed_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      updated_at: string;
    };
    ListedRefund: {
      id: number;
      /** @example 500.00 */
      amount: string;
      currency: string;
      /** @enum {string} */
      source: 'api' | 'panel';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      payment: {
        id: string;
        /** @enum {string} */
        status:
          'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
        /** @example 500.00 */
        amount: string;
        /** @example 500.00 */
        refunded_amount: string;
        invoice_id: string | null;
      };
    };
    MadePayment: {
      id: string;
      /** @enum {string} */
      status:
        'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
      checkout_url: string;
    };
    Merchant: {
      /** Format: uuid */
      id: string;
      livemode: boolean;
      name: string;
      /** @enum {string} */
      status: 'active' | 'suspended';
      expiry_minutes: number;
      /** @example 500.00 */
      amount_tolerance: string;
      allowed_origins: string[];
      return_addresses: string[];
      /** @enum {string} */
      repeated_invoice_number: 'conflict' | 'existing';
      gateway_charge: {
        /** @enum {string} */
        type: 'fixed' | 'percent';
        value: string;
      } | null;
      pix_expiry_minutes: number | null;
      bank_transfer_expiry_minutes: number | null;
    };
    MerchantDetail: {
      /** Format: uuid */
      id: string;
      name: string;
      /** @enum {string} */
      status: 'active' | 'suspended';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      plan: {
        id: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        until: string | null;
      } | null;
      limits: components['schemas']['Plan'] | null;
      usage: {
        /** @description Live payments since the month began, in UTC. */
        payments_this_month: number;
        wallets: number;
        phones: number;
      };
      suspension_reason: string | null;
    };
    OAuthClient: {
      client_id: string;
      livemode: boolean;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      revoked_at: string | null;
    };
    OpenSession: {
      /** Format: uuid */
      id: string;
      is_this_one: boolean;
      address: string;
      /** @description The browser’s own word. */
      agent: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_seen_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string;
    };
    ParkedMessage: {
      id: string;
      /** @enum {string} */
      kind: 'message' | 'pix' | 'unreadable';
      /** @enum {string} */
      status: 'parked' | 'discarded';
      raw_id: string | null;
      device_id: string | null;
      sender: string | null;
      body: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      arrived_at: string | null;
      error: string;
      attempts: number;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      parked_at: string;
      replay_requested: boolean;
    };
    ParkedMessageOfAny: {
      /** @example payments.12 */
      id: string;
      /** @enum {string} */
      service: 'api-gateway' | 'payments' | 'sms-matching' | 'webhook-dispatch';
      /** @description Who of the service could not take it. */
      consumer_group: string;
      topic: string;
      /** @description What follows it under this key waits behind it, where order matters. */
      order_key: string;
      /** @enum {string} */
      status: 'parked' | 'replayed' | 'discarded';
      /** @description What it calls itself; null when its bytes do not say. */
      type: string | null;
      merchant: {
        /** Format: uuid */
        id: string;
        name: string;
      } | null;
      livemode: boolean | null;
      sender: string | null;
      /** @description At most 4,000 characters; of a phone’s message its text. */
      body: string;
      /** @description When the gateway got it, as the message says. */
      arrived_at: string | null;
      error: string;
      attempts: number;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      parked_at: string;
      replay_requested: boolean;
      /** @description How many wait behind it; counted up to 1,000. */
      behind: number;
    };
    Payment: {
      id: string;
      livemode: boolean;
      /** @description How many events it has; what `as-of` takes. */
      version: number;
      /** @enum {string} */
      contract: 'fastaar' | 'smartfastpay';
      /** @enum {string} */
      source: 'api' | 'payment_link' | 'panel';
      /** @enum {string} */
      method: 'wallet' | 'pix' | 'bank_transfer';
      /** @enum {string} */
      status:
        'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
      /** @example 500.00 */
      amount: string;
      /** @example 500.00 */
      refunded_amount: string;
      /** @example 500.00 */
      received_amount: string | null;
      currency: string;
      invoice_id: string | null;
      customer_id: string | null;
      provider: string | null;
      trx_id: string | null;
      sender_number: string | null;
      wallet_number: string | null;
      failure_reason: string | null;
      review_reason: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      completed_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      updated_at: string;
      metadata: {
        [key: string]: string;
      };
      success_url: string | null;
      cancel_url: string | null;
      callback_url: string | null;
      checkout_url: string;
      payer: {
        name: string;
        email: string;
        document: string;
        document_type: string;
      } | null;
      exchange: {
        rate: string;
        base_currency: string;
        /** @example 500.00 */
        base_amount: string;
        source: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        quoted_at: string;
      } | null;
      charge: {
        type: string;
        value: string;
        /** @example 500.00 */
        amount: string;
      } | null;
      credit_id: string | null;
      trx_attempts: number;
    };
    PaymentDetail: {
      id: string;
      livemode: boolean;
      /** @description How many events it has; what `as-of` takes. */
      version: number;
      /** @enum {string} */
      contract: 'fastaar' | 'smartfastpay';
      /** @enum {string} */
      source: 'api' | 'payment_link' | 'panel';
      /** @enum {string} */
      method: 'wallet' | 'pix' | 'bank_transfer';
      /** @enum {string} */
      status:
        'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
      /** @example 500.00 */
      amount: string;
      /** @example 500.00 */
      refunded_amount: string;
      /** @example 500.00 */
      received_amount: string | null;
      currency: string;
      invoice_id: string | null;
      customer_id: string | null;
      provider: string | null;
      trx_id: string | null;
      sender_number: string | null;
      wallet_number: string | null;
      failure_reason: string | null;
      review_reason: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      completed_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      updated_at: string;
      metadata: {
        [key: string]: string;
      };
      success_url: string | null;
      cancel_url: string | null;
      callback_url: string | null;
      checkout_url: string;
      payer: {
        name: string;
        email: string;
        document: string;
        document_type: string;
      } | null;
      exchange: {
        rate: string;
        base_currency: string;
        /** @example 500.00 */
        base_amount: string;
        source: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        quoted_at: string;
      } | null;
      charge: {
        type: string;
        value: string;
        /** @example 500.00 */
        amount: string;
      } | null;
      credit_id: string | null;
      trx_attempts: number;
      /** @description What it waits for: a person’s `decision` (of `case_id`), the customer’s `transaction_id`, a `transfer`, the `message` that tells of the money, or a `phone` that could bring one. */
      missing: {
        /** @enum {string} */
        code: 'decision' | 'transaction_id' | 'transfer' | 'message' | 'phone';
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        since: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        until: string | null;
        reason: string | null;
        /** Format: uuid */
        case_id: string | null;
        /** @description Those that serve the wallet the money was to be sent to. */
        phones: {
          /** Format: uuid */
          id: string;
          name: string;
          /**
           * Format: date-time
           * @example 2026-06-12T08:30:00.000Z
           */
          last_heard_at: string | null;
        }[];
      } | null;
    };
    PaymentLink: {
      /** Format: uuid */
      id: string;
      livemode: boolean;
      slug: string;
      /**
       * Format: uri
       * @description What customers are given.
       */
      url: string;
      /** @enum {string} */
      status: 'active' | 'disabled';
      /**
       * @description What a customer finds there now.
       * @enum {string}
       */
      state: 'open' | 'disabled' | 'expired' | 'sold_out';
      /**
       * @description The price in BDT; null when the customer says how much.
       * @example 500.00
       */
      amount: string | null;
      /** @example 500.00 */
      amount_min: string | null;
      /** @example 500.00 */
      amount_max: string | null;
      /** @description How many payments may be open or paid. */
      payments_max: number | null;
      /** @description How many of them are; null without a limit. */
      payments_taken: number | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string | null;
      texts: {
        en?: {
          title: string;
          description: string | null;
          button: string | null;
          thank_you: string | null;
        };
        bn?: {
          title: string;
          description: string | null;
          button: string | null;
          thank_you: string | null;
        };
        pt?: {
          title: string;
          description: string | null;
          button: string | null;
          thank_you: string | null;
        };
      };
      /** @enum {string} */
      default_language: 'en' | 'bn' | 'pt';
      /** @enum {string} */
      asks_name: 'no' | 'optional' | 'required';
      /** @enum {string} */
      asks_phone: 'no' | 'optional' | 'required';
      success_url: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      updated_at: string;
    };
    PaymentNote: {
      /** Format: uuid */
      id: string;
      author: string;
      text: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
    };
    PixAccount: {
      pix_key: string;
      beneficiary: string;
      city: string;
    };
    Plan: {
      id: string;
      /** @description For people; nothing is charged here. */
      price: string | null;
      /** @description Live payments; `null`: without limit. */
      payments_per_month: number | null;
      wallets_max: number | null;
      phones_max: number | null;
    };
    /** @description RFC 9457. */
    Problem: {
      /** @example urn:paymatch:problem:validation-error */
      type: string;
      title: string;
      status: number;
      detail: string;
      /** @description Leads to the log: `urn:request:` and the id of `X-Request-Id`. */
      instance: string;
      errors?: {
        detail: string;
        /** @description Into the body (RFC 6901). */
        pointer?: string;
      }[];
    };
    ReviewCase: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      status: 'open' | 'closed';
      /** @example amount_mismatch */
      reason: string;
      resolution: string | null;
      livemode: boolean;
      provider: string | null;
      payment_id: string | null;
      credit: {
        id: string;
        provider: string;
        trx_id: string | null;
        /** @example 500.00 */
        amount: string;
        currency: string;
        wallet_number: string | null;
        sender_number: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        received_at: string;
        status: string | null;
      } | null;
      awaited_trx_id: string | null;
      proposal: {
        provider: string;
        trx_id: string | null;
        /** @example 500.00 */
        amount: string;
        currency: string;
        wallet_number: string | null;
        sender_number: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        received_at: string;
        note: string;
        payment_id: string | null;
        /** Format: uuid */
        case_id: string | null;
        proposed_by: string;
      } | null;
      claims: {
        payment_id: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        submitted_at: string;
        status: string;
        objection: string | null;
      }[];
      evidence: {
        id: string;
        sender: string;
        body: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        arrived_at: string;
      }[];
      history: {
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        at: string;
        actor: string;
        action: string;
        note: string | null;
        payment_id: string | null;
      }[];
      /** @description Whose it is. */
      holder: {
        /** Format: uuid */
        user_id: string;
        name: string;
        email: string;
        given_by: string;
        note: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        given_at: string;
      } | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      opened_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      closed_at: string | null;
    };
    ReviewCaseWithPayment: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      status: 'open' | 'closed';
      /** @example amount_mismatch */
      reason: string;
      resolution: string | null;
      livemode: boolean;
      provider: string | null;
      payment_id: string | null;
      credit: {
        id: string;
        provider: string;
        trx_id: string | null;
        /** @example 500.00 */
        amount: string;
        currency: string;
        wallet_number: string | null;
        sender_number: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        received_at: string;
        status: string | null;
      } | null;
      awaited_trx_id: string | null;
      proposal: {
        provider: string;
        trx_id: string | null;
        /** @example 500.00 */
        amount: string;
        currency: string;
        wallet_number: string | null;
        sender_number: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        received_at: string;
        note: string;
        payment_id: string | null;
        /** Format: uuid */
        case_id: string | null;
        proposed_by: string;
      } | null;
      claims: {
        payment_id: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        submitted_at: string;
        status: string;
        objection: string | null;
      }[];
      evidence: {
        id: string;
        sender: string;
        body: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        arrived_at: string;
      }[];
      history: {
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        at: string;
        actor: string;
        action: string;
        note: string | null;
        payment_id: string | null;
      }[];
      /** @description Whose it is. */
      holder: {
        /** Format: uuid */
        user_id: string;
        name: string;
        email: string;
        given_by: string;
        note: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        given_at: string;
      } | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      opened_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      closed_at: string | null;
      payment: {
        id: string;
        /** @enum {string} */
        status:
          'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
        /** @example 500.00 */
        amount: string;
        currency: string;
        invoice_id: string | null;
        provider: string | null;
        trx_id: string | null;
        sender_number: string | null;
        wallet_number: string | null;
        failure_reason: string | null;
        review_reason: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        created_at: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        completed_at: string | null;
      } | null;
      /** @description Of an open case with money: the payments it may be for, the likeliest first. */
      candidates: {
        payment: components['schemas']['ListedPayment'];
        /** @description The case names it, or it claims the money. */
        is_named: boolean;
        agrees: ('trx_id' | 'amount' | 'sender_number' | 'wallet_number' | 'provider')[];
        differs: {
          /** @enum {string} */
          field: 'trx_id' | 'amount' | 'sender_number' | 'wallet_number' | 'provider';
          credit: string;
          payment: string;
        }[];
      }[];
      /** @description Of a missing message: the phones that should have brought it. */
      phones?: {
        /** Format: uuid */
        id: string;
        name: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        last_heard_at: string | null;
      }[];
    };
    SavedView: {
      /** Format: uuid */
      id: string;
      screen: string;
      name: string;
      query: string;
    };
    Session: {
      user: {
        /** Format: uuid */
        id: string;
        name: string;
        email: string;
        /** @enum {string} */
        language: 'en' | 'bn' | 'pt-BR';
        totp_enabled: boolean;
        has_passkey: boolean;
      };
      /** @description For `X-CSRF-Token` of everything that changes something. */
      csrf_token: string;
      is_operator: boolean;
      merchants: {
        /** Format: uuid */
        id: string;
        name: string;
        /** @enum {string} */
        status: 'active' | 'suspended';
        /** @enum {string} */
        role: 'owner' | 'manager' | 'support' | 'developer' | 'read-only' | 'operator';
        /**
         * Format: date-time
         * @description Of a merchant that an operator has entered: until when.
         * @example 2026-06-12T08:30:00.000Z
         */
        until: string | null;
      }[];
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      step_up_until: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      expires_at: string;
    };
    StatementReading: {
      applied: boolean;
      outgoing_count: number;
      faults: {
        line: number;
        problem: string;
      }[];
      lines: {
        line: number;
        /** Format: date */
        posted_on: string;
        /** @example 500.00 */
        amount: string;
        description: string;
        payer_name: string | null;
        payer_document: string | null;
        /** @enum {string} */
        outcome: 'matched' | 'review' | 'known' | 'future';
        reason: string | null;
        /** Format: uuid */
        payment_id: string | null;
      }[];
    };
    StoredMessage: {
      /** Format: uuid */
      id: string;
      device_id: string;
      sender: string;
      body: string;
      sim_slot: number | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      sent_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      received_at: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      arrived_at: string;
      /** @enum {string} */
      outcome: 'credit' | 'debit' | 'neutral' | 'review' | 'fraud_suspect';
      reasons: string[];
      /** @description Where in `body` what was read stands, in UTF-16 units; `to` is not included. */
      fields: {
        /** @enum {string} */
        field: 'amount' | 'trx_id' | 'sender' | 'balance' | 'fee';
        from: number;
        to: number;
      }[];
      /** Format: uuid */
      credit_id: string | null;
      /** Format: uuid */
      case_id: string | null;
    };
    TimelineEntry: {
      id: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      at: string;
      /** @enum {string} */
      kind: 'payment' | 'message' | 'case' | 'webhook';
      /** @example payment_completed */
      code: string;
      params: {
        [key: string]: string | null;
      };
      /** @description What `as-of` takes; null: no fact of the payment. */
      version: number | null;
      message: components['schemas']['StoredMessage'] | null;
    };
    Today: {
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      at: string;
      zone: string;
      /** @description Payments that are paid, by when they were made; hours are counted from the day’s beginning. */
      received: {
        today: {
          currency: string;
          count: number;
          /** @example 500.00 */
          amount: string;
        }[];
        last_week: {
          currency: string;
          count: number;
          /** @example 500.00 */
          amount: string;
        }[];
        last_week_so_far: {
          currency: string;
          count: number;
          /** @example 500.00 */
          amount: string;
        }[];
        by_hour: {
          today: {
            hour: number;
            currency: string;
            count: number;
            /** @example 500.00 */
            amount: string;
          }[];
          last_week: {
            hour: number;
            currency: string;
            count: number;
            /** @example 500.00 */
            amount: string;
          }[];
        };
      };
      /** @description Whose customer has said that the money is sent; stuck: for more than five minutes. */
      waiting: {
        count: number;
        is_exact: boolean;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        oldest_at: string | null;
        stuck: number;
      };
      cases: {
        count: number;
        is_exact: boolean;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        oldest_at: string | null;
        under_an_hour: number;
        under_a_day: number;
        older: number;
      } | null;
      phones: {
        count: number;
        /** @description Were heard at some time. */
        heard: number;
        silent: number;
        with_gaps: number;
        battery_low: number;
      };
      wallets: {
        near_limit: number;
        limit_reached: number;
      };
      webhooks: {
        count: number;
        failing: number;
        disabled: number;
      } | null;
      rate: {
        rate: string;
        base_currency: string;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        set_at: string;
        age_seconds: number;
      } | null;
      checklist: {
        /** @enum {string} */
        step: 'shop' | 'wallet' | 'phone' | 'test_payment' | 'webhook' | 'go_live';
        done: boolean | null;
      }[];
    };
    Wallet: {
      /** Format: uuid */
      id: string;
      livemode: boolean;
      provider: string;
      number: string;
      /** @enum {string} */
      account_type: 'personal' | 'merchant' | 'agent' | 'bank';
      /** @enum {string} */
      status: 'active' | 'closed';
      /** @description Whose name the wallet’s app shows. */
      account_name: string | null;
      /** @example 500.00 */
      payment_min: string | null;
      /** @example 500.00 */
      payment_max: string | null;
      /** @example 500.00 */
      day_max: string | null;
      /** @example 500.00 */
      month_max: string | null;
      /** @example 500.00 */
      received_today: string;
      /** @example 500.00 */
      received_this_month: string;
      /**
       * @description How near its limits of a day and a month are (`near`: from 80 % on), by what payments brought; days are Dhaka’s.
       * @enum {string}
       */
      room: 'open' | 'near' | 'reached';
    };
    WebhookAlarm: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      type:
        | 'endpoint.failing'
        | 'endpoint.disabled'
        | 'endpoint.recovered'
        | 'delivery.given-up'
        | 'case.opened'
        | 'phone.silent'
        | 'phone.gap'
        | 'rate.stale';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      at: string;
      /** Format: uuid */
      endpoint_id: string | null;
      /** Format: uuid */
      delivery_id: string | null;
      payment_id: string | null;
      url: string | null;
      budget_used_percent: number | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      failing_since: string | null;
      failed_attempts: number | null;
      reason: string | null;
      last_result: string | null;
      event: string | null;
      /** Format: uuid */
      device_id: string | null;
      device_name: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      last_heard_at: string | null;
      /** Format: uuid */
      case_id: string | null;
      rate: string | null;
      base_currency: string | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      quoted_at: string | null;
      /** @description What became of telling it. */
      notices: {
        /** @enum {string} */
        channel: 'mail' | 'endpoint';
        /** @enum {string} */
        status: 'pending' | 'sent' | 'failed';
        attempts: number;
        last_error: string | null;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        sent_at: string | null;
      }[];
    };
    WebhookAlarmContacts: {
      emails: string[];
      url: string | null;
      quiet_hours: {
        from: string;
        to: string;
        zone: string;
      } | null;
      /** @description Whether this installation can send mail. */
      mail_is_sent: boolean;
    };
    WebhookDelivery: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      endpoint_id: string | null;
      payment_id: string;
      event_id: string;
      /** @enum {string} */
      event:
        | 'payment.created'
        | 'payment.awaiting_verification'
        | 'payment.completed'
        | 'payment.failed'
        | 'payment.expired'
        | 'payment.refunded'
        | 'payment.review_required'
        | 'payment.review_resolved';
      sequence: number;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'given_up' | 'superseded' | 'cancelled';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      next_attempt_at: string | null;
      attempts: {
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        at: string;
        http_status: number | null;
        error: string | null;
        duration_ms: number;
      }[];
    };
    WebhookDeliveryDetail: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      endpoint_id: string | null;
      payment_id: string;
      event_id: string;
      /** @enum {string} */
      event:
        | 'payment.created'
        | 'payment.awaiting_verification'
        | 'payment.completed'
        | 'payment.failed'
        | 'payment.expired'
        | 'payment.refunded'
        | 'payment.review_required'
        | 'payment.review_resolved';
      sequence: number;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'given_up' | 'superseded' | 'cancelled';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      next_attempt_at: string | null;
      /** @description Null once it is too old to be kept. */
      body: string | null;
      attempts: {
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        at: string;
        http_status: number | null;
        error: string | null;
        duration_ms: number;
        url: string | null;
        request_headers: {
          [key: string]: string;
        } | null;
        /** @description The first 4 kB of what the receiver answered. */
        answer: string | null;
      }[];
    };
    WebhookEndpoint: {
      /** Format: uuid */
      id: string;
      livemode: boolean;
      url: string | null;
      description: string;
      events: (
        | 'payment.*'
        | 'payment.created'
        | 'payment.awaiting_verification'
        | 'payment.completed'
        | 'payment.failed'
        | 'payment.expired'
        | 'payment.refunded'
        | 'payment.review_required'
        | 'payment.review_resolved'
      )[];
      headers: {
        [key: string]: string;
      };
      /** @enum {string} */
      order: 'strict' | 'latest_wins';
      concurrency_max: number | null;
      rate_per_second: number | null;
      /** @enum {string} */
      status: 'active' | 'disabled';
      disabled_reason: string | null;
      failing: {
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        since: string;
        failed_attempts: number;
        budget_used_percent: number;
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        probe_at: string | null;
      } | null;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
    };
    WebhookEvent: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      event:
        | 'payment.created'
        | 'payment.awaiting_verification'
        | 'payment.completed'
        | 'payment.failed'
        | 'payment.expired'
        | 'payment.refunded'
        | 'payment.review_required'
        | 'payment.review_resolved';
      payment_id: string;
      sequence: number;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      occurred_at: string;
      /** @description As webhooks carry it; `null` once it is too old to be kept. */
      body: string | null;
    };
    WebhookReplay: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      endpoint_id: string;
      /** @enum {string} */
      scope: 'failed' | 'all';
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      since: string;
      /** @enum {string} */
      status: 'running' | 'done' | 'cancelled';
      sent: number;
      left: number;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
    };
    WebhookTestEvent: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      endpoint_id: string;
      /** @enum {string} */
      type:
        | 'payment.created'
        | 'payment.awaiting_verification'
        | 'payment.completed'
        | 'payment.failed'
        | 'payment.expired'
        | 'payment.refunded'
        | 'payment.review_required'
        | 'payment.review_resolved';
      /** @description What was sent, as it was signed. */
      body: string;
      /**
       * Format: date-time
       * @example 2026-06-12T08:30:00.000Z
       */
      created_at: string;
      attempt: {
        /**
         * Format: date-time
         * @example 2026-06-12T08:30:00.000Z
         */
        at: string;
        url: string;
        http_status: number | null;
        error: string | null;
        duration_ms: number;
        request_headers: {
          [key: string]: string;
        };
        /** @description The first 4 kB of what the receiver answered. */
        answer: string | null;
      } | null;
    };
  };
  responses: {
    /** @description The body is not JSON in UTF-8, the address cannot be decoded, or no merchant is named. */
    BadRequest: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:malformed-request' | 'urn:paymatch:problem:merchant-not-named';
        };
      };
    };
    /** @description The key is missing, unknown, revoked or expired, or nobody is signed in. */
    Unauthorized: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:authentication-error';
        };
      };
    };
    /** @description The merchant is suspended, or the key lacks `account:write`, or the role does not allow it. */
    Forbidden: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?:
            | 'urn:paymatch:problem:merchant-suspended'
            | 'urn:paymatch:problem:ability-denied'
            | 'urn:paymatch:problem:role-not-enough'
            | 'urn:paymatch:problem:step-up-required'
            | 'urn:paymatch:problem:csrf-token-wrong'
            | 'urn:paymatch:problem:origin-not-own'
            | 'urn:paymatch:problem:people-only';
        };
      };
    };
    /** @description There is nothing with this id, or no such merchant among those of whoever is signed in. */
    NotFound: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:not-found';
        };
      };
    };
    /** @description Too many requests a minute, or too many bad keys from one address. */
    TooManyRequests: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:rate-limited';
        };
      };
    };
    /** @description Something went wrong here; it has been written down. */
    InternalServerError: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:fault';
        };
      };
    };
    /** @description Not available at this moment; repeating the request is safe. */
    ServiceUnavailable: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:service-unavailable';
        };
      };
    };
    /** @description Not signed in, or the address, the password or the code is not right. */
    Unauthorized2: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?:
            | 'urn:paymatch:problem:authentication-error'
            | 'urn:paymatch:problem:sign-in-refused'
            | 'urn:paymatch:problem:code-required';
        };
      };
    };
    /** @description The body is too long. */
    PayloadTooLarge: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:body-too-large';
        };
      };
    };
    /** @description The body is of a kind that is not read here. */
    UnsupportedMediaType: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:unsupported-media-type';
        };
      };
    };
    /** @description What was sent is not as described; `errors` says what to mend. */
    UnprocessableEntity: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:validation-error';
        };
      };
    };
    /** @description There is nothing with this id in the mode of the key. */
    NotFound2: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:not-found';
        };
      };
    };
    /** @description The link has been used, or its time is over. */
    Gone: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:link-used-or-expired';
        };
      };
    };
    /** @description Not as things stand. */
    Conflict: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:passkeys-need-a-name';
        };
      };
    };
    /** @description Not signed in, or the passkey is unknown or its answer not right. */
    Unauthorized3: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:authentication-error' | 'urn:paymatch:problem:sign-in-refused';
        };
      };
    };
    /** @description Not as things stand. */
    Conflict2: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:idempotency-conflict';
        };
      };
    };
    /** @description What was sent is not as described, or the key was used for something else. */
    UnprocessableEntity2: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:validation-error' | 'urn:paymatch:problem:idempotency-key';
        };
      };
    };
    /** @description Not as things stand. */
    Conflict3: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:last-owner';
        };
      };
    };
    /** @description The operator's plan for this merchant has no room for one more. */
    PaymentRequired: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?:
            | 'urn:paymatch:problem:subscription-required'
            | 'urn:paymatch:problem:plan-limit-reached'
            | 'urn:paymatch:problem:transaction-limit-reached';
        };
      };
    };
    /** @description There is nothing with this id in the mode of the key. */
    NotFound3: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:not-found' | 'urn:paymatch:problem:payment-not-found';
        };
      };
    };
    /** @description Not as things stand. */
    Conflict4: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?:
            | 'urn:paymatch:problem:idempotency-conflict'
            | 'urn:paymatch:problem:case-closed'
            | 'urn:paymatch:problem:case-has-no-credit'
            | 'urn:paymatch:problem:case-has-credit'
            | 'urn:paymatch:problem:case-not-proposed'
            | 'urn:paymatch:problem:case-in-progress'
            | 'urn:paymatch:problem:credit-exists'
            | 'urn:paymatch:problem:credit-already-used'
            | 'urn:paymatch:problem:entry-already-proposed'
            | 'urn:paymatch:problem:same-person'
            | 'urn:paymatch:problem:payment-already-paid'
            | 'urn:paymatch:problem:payment-closed';
        };
      };
    };
    /** @description Not as things stand. */
    Conflict5: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?:
            | 'urn:paymatch:problem:idempotency-conflict'
            | 'urn:paymatch:problem:credit-exists'
            | 'urn:paymatch:problem:entry-already-proposed'
            | 'urn:paymatch:problem:credit-already-used'
            | 'urn:paymatch:problem:payment-already-paid'
            | 'urn:paymatch:problem:case-in-progress';
        };
      };
    };
    /** @description Not as things stand. */
    Conflict6: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
        'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
        'Retry-After': components['headers']['Retry-After'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {unknown} */
          type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:payment-closed';
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description The id under which the log knows this request. */
    'X-Request-Id': string;
    /** @description Seconds after which to try again. */
    'Retry-After': string;
    /** @description What is left of the quota and when it is whole again, e.g. `"default";r=37;t=21`. */
    RateLimit: string;
    /** @description The quota and its window in seconds. */
    'RateLimit-Policy': string;
    /** @description Requests a minute. */
    'X-RateLimit-Limit': string;
    /** @description Requests left in this minute. */
    'X-RateLimit-Remaining': string;
    /** @description The answer repeats an earlier one; nothing was done now. */
    'Idempotent-Replayed': 'true';
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Session'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example rahima@shop.example */
          email: string;
          password: string;
          /**
           * @example 123456
           * @example k7qm-2x9d-rt4w
           */
          code?: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Session'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  stepUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          password?: string;
          /**
           * @example 123456
           * @example k7qm-2x9d-rt4w
           */
          code?: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              step_up_until: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['OpenSession'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  lookAtLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example 3vQB7B6MrGQZaxCuFg4oh3vQB7B6MrGQZaxCuFg4oh9 */
          token: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @enum {string} */
              kind: 'operator' | 'invitation';
              email: string | null;
              merchant_name: string | null;
              role: ('owner' | 'manager' | 'support' | 'developer' | 'read-only') | null;
              has_account: boolean;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      410: components['responses']['Gone'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  useLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example 3vQB7B6MrGQZaxCuFg4oh3vQB7B6MrGQZaxCuFg4oh9 */
          token: string;
          name: string;
          /** @example rahima@shop.example */
          email: string;
          password: string;
          /** @enum {string} */
          language?: 'en' | 'bn' | 'pt-BR';
          /**
           * @example 123456
           * @example k7qm-2x9d-rt4w
           */
          code?: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Session'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:person-exists';
          };
        };
      };
      410: components['responses']['Gone'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          name?: string;
          /** @enum {string} */
          language?: 'en' | 'bn' | 'pt-BR';
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Session'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          current: string;
          new: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Session'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      /** @description Not signed in, or the address or the password is not right. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:authentication-error' | 'urn:paymatch:problem:sign-in-refused';
          };
        };
      };
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  beginTotp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
              otpauth_uri: string;
              qr_svg: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:totp-in-use';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  removeTotp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  confirmTotp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @example 123456
           * @example k7qm-2x9d-rt4w
           */
          code: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              recovery_codes: string[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized2'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listPasskeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              name: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              created_at: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              last_used_at: string | null;
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  addPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          credential: {
            /** @example AQIDBAUGBwgJCgsMDQ4PEA */
            id: string;
            /** @example AQIDBAUGBwgJCgsMDQ4PEA */
            rawId: string;
            /** @constant */
            type: 'public-key';
            response: {
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              clientDataJSON: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              attestationObject: string;
            };
          };
        };
      };
    };
    responses: {
      /** @description As it is now. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              name: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              created_at: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              last_used_at: string | null;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?:
              | 'urn:paymatch:problem:passkeys-need-a-name'
              | 'urn:paymatch:problem:passkey-exists'
              | 'urn:paymatch:problem:too-many-passkeys';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  beginPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              challenge: string;
              rp: {
                id: string;
                name: string;
              };
              user: {
                id: string;
                name: string;
                displayName: string;
              };
              pubKeyCredParams: {
                alg: number;
                /** @constant */
                type: 'public-key';
              }[];
              timeout: number;
              attestation: string;
              excludeCredentials: {
                id: string;
                /** @constant */
                type: 'public-key';
                transports?: string[];
              }[];
              authenticatorSelection: {
                [key: string]: unknown;
              };
              extensions?: {
                [key: string]: unknown;
              };
              hints?: string[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  removePasskey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  beginPasskeySignIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              challenge: string;
              rpId: string;
              timeout: number;
              userVerification: string;
              allowCredentials?: {
                id: string;
                /** @constant */
                type: 'public-key';
                transports?: string[];
              }[];
              extensions?: {
                [key: string]: unknown;
              };
              hints?: string[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  signInByPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          credential: {
            /** @example AQIDBAUGBwgJCgsMDQ4PEA */
            id: string;
            /** @example AQIDBAUGBwgJCgsMDQ4PEA */
            rawId: string;
            /** @constant */
            type: 'public-key';
            response: {
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              clientDataJSON: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              authenticatorData: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              signature: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              userHandle?: string;
            };
          };
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Session'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized3'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  beginPasskeyStepUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              challenge: string;
              rpId: string;
              timeout: number;
              userVerification: string;
              allowCredentials?: {
                id: string;
                /** @constant */
                type: 'public-key';
                transports?: string[];
              }[];
              extensions?: {
                [key: string]: unknown;
              };
              hints?: string[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:passkeys-need-a-name' | 'urn:paymatch:problem:no-passkey';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  stepUpByPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          credential: {
            /** @example AQIDBAUGBwgJCgsMDQ4PEA */
            id: string;
            /** @example AQIDBAUGBwgJCgsMDQ4PEA */
            rawId: string;
            /** @constant */
            type: 'public-key';
            response: {
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              clientDataJSON: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              authenticatorData: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              signature: string;
              /** @example AQIDBAUGBwgJCgsMDQ4PEA */
              userHandle?: string;
            };
          };
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              step_up_until: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized3'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  askPasswordReset: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example rahima@shop.example */
          email: string;
        };
      };
    };
    responses: {
      /** @description Taken; done after the answer. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  resetPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example 3vQB7B6MrGQZaxCuFg4oh3vQB7B6MrGQZaxCuFg4oh9 */
          token: string;
          password: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      410: components['responses']['Gone'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listPeople: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              user_id: string;
              name: string;
              email: string;
              /** @enum {string} */
              role: 'owner' | 'manager' | 'support' | 'developer' | 'read-only';
              totp_enabled: boolean;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              last_seen_at: string | null;
            }[];
            invitations: {
              /** Format: uuid */
              id: string;
              email: string;
              /** @enum {string} */
              role: 'owner' | 'manager' | 'support' | 'developer' | 'read-only';
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string;
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  invitePerson: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example rahima@shop.example */
          email: string;
          /** @enum {string} */
          role: 'owner' | 'manager' | 'support' | 'developer' | 'read-only';
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              /** @description Leads in once, within three days; shown this once. */
              url: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string;
              /** @description Whether a mail server took it; where not, hand the link over yourself. */
              is_mailed: boolean;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  withdrawInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  removePerson: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict3'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
          /** @enum {string} */
          role: 'owner' | 'manager' | 'support' | 'developer' | 'read-only';
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict3'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listAudit: {
    parameters: {
      query?: {
        action?: string;
        user_id?: string;
        /** @description The `next` of the page before. */
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['AuditEntry'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  exportAudit: {
    parameters: {
      query?: {
        action?: string;
        user_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listMerchants: {
    parameters: {
      query?: {
        /** @description A part of the name, or the id. */
        q?: string;
        status?: 'active' | 'suspended';
        /** @description The `next` of the page before. */
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ListedMerchant'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  createMerchant: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          as_owner?: boolean;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              name: string;
              /** @enum {string} */
              status: 'active' | 'suspended';
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              created_at: string;
              plan: {
                id: string;
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                until: string | null;
              } | null;
              /** @description Shown this once. */
              test_key: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listPlans: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Plan'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  showMerchantToOperator: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['MerchantDetail'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeMerchantOfOperator: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          name?: string;
          plan?: {
            /** @example small */
            id: string;
            /**
             * Format: date-time
             * @example 2026-06-12T08:30:00.000Z
             */
            until: string;
          };
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ListedMerchant'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  suspendMerchant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ListedMerchant'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  resumeMerchant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ListedMerchant'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  inviteOwner: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example rahima@shop.example */
          email: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              /** @description Leads in once, within three days; shown this once. */
              url: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string;
              /** @description Whether a mail server took it; where not, hand the link over yourself. */
              is_mailed: boolean;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  enterMerchant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              ends_at: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listInstallationPeople: {
    parameters: {
      query?: {
        /** @description A part of the name or of the address. */
        q?: string;
        /** @description The `next` of the page before. */
        after?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['InstallationPerson'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  resetAuthenticator: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @description Whether they could be told by mail. */
              is_mailed: boolean;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listInstallationAudit: {
    parameters: {
      query?: {
        action?: string;
        user_id?: string;
        /** @description The `next` of the page before. */
        after?: string;
        limit?: number;
        merchant_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['InstallationAuditEntry'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  exportInstallationAudit: {
    parameters: {
      query?: {
        action?: string;
        user_id?: string;
        merchant_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listSharedAccounts: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              provider: string;
              /** @description A wallet’s number, or a Pix key. */
              number: string;
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  allowSharedAccount: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          provider: string;
          number: string;
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              provider: string;
              /** @description A wallet’s number, or a Pix key. */
              number: string;
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listSavedViews: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['SavedView'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  saveView: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "screen": "payments",
         *       "name": "Paid by link",
         *       "query": "status=completed&source=payment_link"
         *     }
         */
        'application/json': {
          /** @example payments */
          screen: string;
          name: string;
          /** @example status=completed&source=api */
          query: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['SavedView'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:too-many-views';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  forgetView: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getMerchant: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Merchant'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeMerchant: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "expiry_minutes": 45
         *     }
         */
        'application/json': {
          name?: string;
          expiry_minutes?: number;
          /** @example 5.00 */
          amount_tolerance?: string;
          allowed_origins?: string[];
          return_addresses?: string[];
          /** @enum {string} */
          repeated_invoice_number?: 'conflict' | 'existing';
          gateway_charge?: {
            /** @enum {string} */
            type: 'fixed' | 'percent';
            /** @example 1.85 */
            value: string;
          } | null;
          pix_expiry_minutes?: number | null;
          bank_transfer_expiry_minutes?: number | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Merchant'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listApiKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ApiKey'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  issueApiKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "name": "Rita",
         *       "abilities": [
         *         "payments:read"
         *       ]
         *     }
         */
        'application/json': {
          /** @example Rita */
          name?: string;
          abilities?: (
            | 'payments:read'
            | 'payments:write'
            | 'payments:refund'
            | 'customers:read'
            | 'customers:write'
            | 'account:write'
          )[];
          rate_limit_per_minute?: number;
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          expires_at?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              name: string | null;
              /** @description The beginning of the key, by which people tell it from others. */
              prefix: string;
              livemode: boolean;
              abilities: (
                | 'payments:read'
                | 'payments:write'
                | 'payments:refund'
                | 'customers:read'
                | 'customers:write'
                | 'account:write'
              )[];
              rate_limit_per_minute: number;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              revoked_at: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              created_at: string;
              /** @description Shown this once. */
              key: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rollApiKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "overlap_minutes": 60
         *     }
         */
        'application/json': {
          overlap_minutes: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              name: string | null;
              /** @description The beginning of the key, by which people tell it from others. */
              prefix: string;
              livemode: boolean;
              abilities: (
                | 'payments:read'
                | 'payments:write'
                | 'payments:refund'
                | 'customers:read'
                | 'customers:write'
                | 'account:write'
              )[];
              rate_limit_per_minute: number;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              revoked_at: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              created_at: string;
              /** @description Shown this once. */
              key: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  revokeApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ApiKey'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listOAuthClients: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['OAuthClient'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  issueOAuthClient: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          rate_limit_per_minute?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              client_id: string;
              /** @description Shown this once. */
              client_secret: string;
              livemode: boolean;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  revokeOAuthClient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['OAuthClient'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWallets: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Wallet'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  addWallet: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "provider": "bkash",
         *       "number": "01712345678",
         *       "account_type": "personal"
         *     }
         */
        'application/json': {
          /**
           * @example bkash
           * @example nagad
           */
          provider: string;
          /** @example 01712345678 */
          number: string;
          /** @enum {string} */
          account_type: 'personal' | 'merchant' | 'agent' | 'bank';
          account_name?: string | null;
          /** @example 500.00 */
          payment_min?: string | null;
          /** @example 500.00 */
          payment_max?: string | null;
          /** @example 500.00 */
          day_max?: string | null;
          /** @example 500.00 */
          month_max?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Wallet'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      402: components['responses']['PaymentRequired'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeWallet: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "account_name": "Rahima Traders",
         *       "day_max": "50000.00"
         *     }
         */
        'application/json': {
          account_name?: string | null;
          /** @example 500.00 */
          payment_min?: string | null;
          /** @example 500.00 */
          payment_max?: string | null;
          /** @example 500.00 */
          day_max?: string | null;
          /** @example 500.00 */
          month_max?: string | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Wallet'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  tryWallet: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['MadePayment'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      402: components['responses']['PaymentRequired'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  closeWallet: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Wallet'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getBrand: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Brand'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  setBrand: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "colour": "#c2185b",
         *       "support_phone": "09612-345678",
         *       "whatsapp": "+8801712345678",
         *       "default_language": "bn"
         *     }
         */
        'application/json': {
          /**
           * @description A PNG, JPEG or WebP picture as a data URL: at most 100 kB, 2048 pixels a side, and not moving.
           * @example data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p4c3WQAAAABJRU5ErkJggg==
           */
          logo?: string | null;
          /** @example #c2185b */
          colour?: string | null;
          /** @example 09612-345678 */
          support_phone?: string | null;
          /** @example +880 1712-345678 */
          whatsapp?: string | null;
          /** @example help@shop.example */
          support_email?: string | null;
          account_holder?: string | null;
          default_language?: ('en' | 'bn' | 'pt') | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Brand'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listDevices: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Device'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  enrolDevice: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Counter",
         *       "wallets": [
         *         {
         *           "wallet_id": "0197a6f0-0000-7000-8000-000000000001",
         *           "sim_slot": 1
         *         }
         *       ]
         *     }
         */
        'application/json': {
          name: string;
          wallets: {
            /** Format: uuid */
            wallet_id: string;
            sim_slot?: number | null;
          }[];
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              livemode: boolean;
              name: string;
              /** @enum {string} */
              status: 'active' | 'revoked';
              wallets: {
                /** Format: uuid */
                wallet_id: string;
                sim_slot: number | null;
              }[];
              /** @description Shown this once. */
              secret: string;
              upload_url: string;
              forward_url: string;
              forward_heartbeat_url: string;
              smsgate_url: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      402: components['responses']['PaymentRequired'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  issueEnrolmentCode: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Counter",
         *       "wallets": [
         *         {
         *           "wallet_id": "0197a6f0-0000-7000-8000-000000000001",
         *           "sim_slot": 1
         *         }
         *       ]
         *     }
         */
        'application/json': {
          name: string;
          wallets: {
            /** Format: uuid */
            wallet_id: string;
            sim_slot?: number | null;
          }[];
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              livemode: boolean;
              name: string;
              wallets: {
                /** Format: uuid */
                wallet_id: string;
                sim_slot: number | null;
              }[];
              /** @description Shown this once. */
              code: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              expires_at: string;
              /** @description The text of the QR code. */
              enrolment_url: string;
              qr_svg: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      402: components['responses']['PaymentRequired'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  revokeDevice: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              livemode: boolean;
              name: string;
              /** @enum {string} */
              status: 'active' | 'revoked';
              wallets: {
                /** Format: uuid */
                wallet_id: string;
                sim_slot: number | null;
              }[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rotateDeviceSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "overlap_minutes": 30
         *     }
         */
        'application/json': {
          overlap_minutes?: number;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              livemode: boolean;
              name: string;
              /** @enum {string} */
              status: 'active' | 'revoked';
              wallets: {
                /** Format: uuid */
                wallet_id: string;
                sim_slot: number | null;
              }[];
              /** @description Shown this once. */
              secret: string;
              upload_url: string;
              forward_url: string;
              forward_heartbeat_url: string;
              smsgate_url: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              previous_secret_until: string | null;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:device-revoked';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listDeviceAlerts: {
    parameters: {
      query?: {
        status?: 'open' | 'closed';
        limit?: number;
        /** @description The id of the last one that one has. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['DeviceAlert'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  dismissDeviceAlert: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['DeviceAlert'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:device-silent';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  parseMessages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "messages": [
         *         {
         *           "account": "personal",
         *           "sender": "bKash",
         *           "body": "You have received Tk 500.00 …"
         *         }
         *       ]
         *     }
         */
        'application/json': {
          messages: {
            /**
             * @example bkash
             * @example nagad
             */
            provider?: string | null;
            /** @enum {string} */
            account: 'personal' | 'merchant' | 'agent' | 'bank';
            /** @example bKash */
            sender: string;
            body: string;
            /**
             * Format: date-time
             * @example 2026-06-12T14:30:00+06:00
             */
            received_at?: string | null;
          }[];
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @enum {string} */
              outcome: 'credit' | 'debit' | 'neutral' | 'review' | 'fraud_suspect';
              /** @enum {string} */
              direction: 'in' | 'out' | 'none';
              creditable: boolean;
              amount: string | null;
              trx_id: string | null;
              counterparty: string | null;
              fee: string | null;
              balance: string | null;
              at: string | null;
              template: string | null;
              reasons: string[];
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getToday: {
    parameters: {
      query?: {
        /** @description Whose clock and days are meant. */
        zone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Today'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  streamChanges: {
    parameters: {
      query: {
        /** @description In place of `Paymatch-Merchant`. */
        merchant: string;
        /** @description In place of `Paymatch-Mode`. */
        mode: 'live' | 'test';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A stream. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': components['schemas']['Change'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      /** @description Not available at this moment, or too many streams are open. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:service-unavailable' | 'urn:paymatch:problem:too-many-streams';
          };
        };
      };
    };
  };
  listServices: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              services: {
                /** @example payments */
                name: string;
                instance: string;
                version: string;
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                since: string;
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                told_at: string;
                ready: boolean;
                reasons: string[];
              }[];
              lags: {
                /** @enum {string} */
                kind: 'consumer' | 'relay';
                name: string;
                /** @description What is still to be taken; counted up to 10,000. */
                rows: number;
                /** @description Age of the oldest; null: not known of consumers. */
                seconds: number | null;
              }[];
              database: {
                version: string;
                size_bytes: number;
                /** @description Of those that have written. */
                oldest_transaction_seconds: number;
              };
              parked: {
                group: string;
                count: number;
              }[];
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              at: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listBackups: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @enum {string} */
              kind: 'embedded' | 'own';
              /** @description Where the newest lies. */
              folder: string | null;
              backups: {
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                at: string;
                size_bytes: number;
                /** @description PostgreSQL’s. */
                version: string;
                took_seconds: number;
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                verified_at: string | null;
              }[];
              /**
               * @description `old`: the newest is older than 26 hours.
               * @enum {string}
               */
              advice_code: 'own' | 'make' | 'old' | 'ok';
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              name: string;
              value: string | null;
              default: string | null;
              about: string;
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listUnknownTexts: {
    parameters: {
      query?: {
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              merchant: {
                /** Format: uuid */
                id: string;
                name: string;
              };
              livemode: boolean;
              /** Format: uuid */
              id: string;
              device_id: string;
              sender: string;
              body: string;
              sim_slot: number | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              sent_at: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              received_at: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              arrived_at: string;
              /** @enum {string} */
              outcome: 'credit' | 'debit' | 'neutral' | 'review' | 'fraud_suspect';
              reasons: string[];
              /** @description Where in `body` what was read stands, in UTF-16 units; `to` is not included. */
              fields: {
                /** @enum {string} */
                field: 'amount' | 'trx_id' | 'sender' | 'balance' | 'fee';
                from: number;
                to: number;
              }[];
              /** Format: uuid */
              credit_id: string | null;
              /** Format: uuid */
              case_id: string | null;
            }[];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listAllParkedMessages: {
    parameters: {
      query?: {
        service?: 'api-gateway' | 'payments' | 'sms-matching' | 'webhook-dispatch';
        status?: 'parked' | 'discarded';
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ParkedMessageOfAny'][];
            next: string | null;
            meta: {
              silent: ('api-gateway' | 'payments' | 'sms-matching' | 'webhook-dispatch')[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  replayAnyParkedMessage: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "whole_order": true
         *     }
         */
        'application/json': {
          whole_order?: boolean;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ParkedMessageOfAny'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  discardAnyParkedMessage: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ParkedMessageOfAny'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listPayments: {
    parameters: {
      query?: {
        /** @description An id in either spelling, an invoice, a TrxID, a phone number, an amount, or a customer’s id; or a customer: the beginning of a name, a phone number, an e-mail address (the newest ten that it finds). */
        q?: string;
        /** @description The `id` of one of `/customers`. */
        customer?: string;
        status?:
          'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
        method?: 'wallet' | 'pix' | 'bank_transfer';
        provider?: string;
        /** @description The number it was to be sent to. */
        wallet?: string;
        source?: 'api' | 'payment_link' | 'panel';
        amount_min?: string;
        amount_max?: string;
        /** @description To the minute. */
        created_from?: string;
        /** @description To the minute; not included. */
        created_to?: string;
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ListedPayment'][];
            /** Format: uuid */
            next: string | null;
            totals: {
              count: number;
              /** @description False: there are more than were looked through. */
              is_exact: boolean;
              by_currency: {
                currency: string;
                count: number;
                /** @example 500.00 */
                amount: string;
              }[];
            } | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getPayment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentDetail'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getPaymentTimeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['TimelineEntry'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getPaymentAsOf: {
    parameters: {
      query: {
        version: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Payment'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listCustomers: {
    parameters: {
      query?: {
        /** @description The beginning of a name, or a whole phone number, e-mail address, or `reference`. */
        q?: string;
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Customer'][];
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Customer'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listCredits: {
    parameters: {
      query?: {
        status?: 'open' | 'matched' | 'consumed' | 'in_review' | 'ignored';
        provider?: string;
        wallet_id?: string;
        trx_id?: string;
        from?: string;
        to?: string;
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['Credit'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  enterCredit: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "wallet_id": "0197a6f0-0000-7000-8000-000000000001",
         *       "trx_id": "BL6K2M4N8P",
         *       "amount": "500.00",
         *       "note": "seen in the app"
         *     }
         */
        'application/json': {
          /** Format: uuid */
          wallet_id: string;
          /** @example BL6K2M4N8P */
          trx_id: string;
          /** @example 500.00 */
          amount: string;
          note: string;
          sender_number?: string;
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          received_at?: string | null;
          payment_id?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict5'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getCredit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['CreditWithMessages'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listMessages: {
    parameters: {
      query?: {
        outcome?: 'credit' | 'debit' | 'neutral' | 'review' | 'fraud_suspect';
        device_id?: string;
        from?: string;
        to?: string;
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['StoredMessage'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWalletDays: {
    parameters: {
      query?: {
        /** @description 31 days before `to` unless said. */
        from?: string;
        /** @description Not included; now unless said. At most 366 days after `from`. */
        to?: string;
        /** @description Whose clock and days are meant. */
        zone?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              wallet_id: string;
              zone: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              from: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              to: string;
              days: {
                /** Format: date */
                day: string;
                credits: number;
                /** @example 500.00 */
                credited: string;
                /** @example 500.00 */
                money_in: string;
                /** @example 500.00 */
                money_out: string;
                /** @example 500.00 */
                closing_balance: string | null;
              }[];
              /** @description Where a printed balance is not the one before it with what moved. */
              breaks: {
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                at: string;
                trx_id: string | null;
                /** @example 500.00 */
                expected_balance: string;
                /** @example 500.00 */
                printed_balance: string;
                /** @example 500.00 */
                difference: string;
              }[];
              breaks_are_complete: boolean;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  reconcile: {
    parameters: {
      query?: {
        /** @description 31 days before `to` unless said. */
        from?: string;
        /** @description Not included; now unless said. At most 366 days after `from`. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              from: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              to: string;
              providers: {
                currency: string;
                provider: string;
                credits: number;
                /** @example 500.00 */
                arrived: string;
                /** @example 500.00 */
                completed: string;
                /** @example 500.00 */
                waiting: string;
                /** @example 500.00 */
                in_review: string;
                /** @example 500.00 */
                ignored: string;
                /** @example 500.00 */
                returned: string;
              }[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getReviewSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @description Of TrxIDs sent from then on; null: as the installation waits. */
              message_wait_minutes: number | null;
              installation_message_wait_minutes: number;
              /** @description Then the text of what waits for nobody goes; null: no rule of the shop’s own. */
              messages_kept_days: number | null;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeReviewSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "message_wait_minutes": 10
         *     }
         */
        'application/json': {
          message_wait_minutes?: number | null;
          messages_kept_days?: number | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @description Of TrxIDs sent from then on; null: as the installation waits. */
              message_wait_minutes: number | null;
              installation_message_wait_minutes: number;
              /** @description Then the text of what waits for nobody goes; null: no rule of the shop’s own. */
              messages_kept_days: number | null;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  exportReconciliation: {
    parameters: {
      query?: {
        /** @description 31 days before `to` unless said. */
        from?: string;
        /** @description Not included; now unless said. At most 366 days after `from`. */
        to?: string;
        /** @description Whose clock and days are meant. */
        zone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A table with one line of names; times are of the zone that is named there. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  exportPayments: {
    parameters: {
      query?: {
        /** @description An id in either spelling, an invoice, a TrxID, a phone number, an amount, or a customer’s id; or a customer: the beginning of a name, a phone number, an e-mail address (the newest ten that it finds). */
        q?: string;
        /** @description The `id` of one of `/customers`. */
        customer?: string;
        status?:
          'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';
        method?: 'wallet' | 'pix' | 'bank_transfer';
        provider?: string;
        /** @description The number it was to be sent to. */
        wallet?: string;
        source?: 'api' | 'payment_link' | 'panel';
        amount_min?: string;
        amount_max?: string;
        /** @description To the minute. */
        created_from?: string;
        /** @description To the minute; not included. */
        created_to?: string;
        /** @description Whose clock and days are meant. */
        zone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A table with one line of names; times are of the zone that is named there. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listPaymentNotes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentNote'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  addPaymentNote: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "text": "called, will send the rest"
         *     }
         */
        'application/json': {
          text: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentNote'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listRefunds: {
    parameters: {
      query?: {
        from?: string;
        to?: string;
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ListedRefund'][];
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeDevice: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Counter 2"
         *     }
         */
        'application/json': {
          name?: string;
          wallets?: {
            /** Format: uuid */
            wallet_id: string;
            sim_slot?: number | null;
          }[];
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              livemode: boolean;
              name: string;
              /** @enum {string} */
              status: 'active' | 'revoked';
              wallets: {
                /** Format: uuid */
                wallet_id: string;
                sim_slot: number | null;
              }[];
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:device-revoked';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listReviewCases: {
    parameters: {
      query?: {
        status?: 'open' | 'closed';
        reason?: string;
        provider?: string;
        /** @description Of one of the people: the 500 handed over last. */
        holder?: 'me' | string;
        /** @description In either spelling. */
        payment_id?: string;
        from?: string;
        to?: string;
        limit?: number;
        /** @description The id of the last one that one has. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getReviewCase: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCaseWithPayment'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  assignCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "payment_id": "01k000000000000000000000a1",
         *       "reason": "the customer sent one taka less"
         *     }
         */
        'application/json': {
          reason: string;
          payment_id: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict4'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  handOverCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "user_id": "0197a6f0-0000-7000-8000-000000000001",
         *       "note": "You know this customer"
         *     }
         */
        'application/json': {
          user_id: (string | null) | null;
          note?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:case-closed';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  ignoreCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "a test of our own"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict4'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rejectCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "the message is a forgery"
         *     }
         */
        'application/json': {
          reason: string;
          payment_id?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict4'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  completeCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "payment_id": "01k000000000000000000000a1",
         *       "reason": "seen in the app, and no message came"
         *     }
         */
        'application/json': {
          reason?: string;
          payment_id?: string;
          /** Format: uuid */
          wallet_id?: string;
          /** @example BL6K2M4N8P */
          trx_id?: string;
          /** @example 500.00 */
          amount?: string;
          note?: string;
          sender_number?: string;
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          received_at?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict4'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  confirmCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict4'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  enterTransfer: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "method": "pix",
         *       "transfer_id": "E12345678202606121130ABCdef12345",
         *       "amount": "519.00",
         *       "note": "on the statement"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          method: 'pix' | 'bank_transfer';
          /** @example E12345678202606121130ABCdef12345 */
          transfer_id: string;
          /** @example 500.00 */
          amount: string;
          note: string;
          payer?: string;
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          received_at?: string | null;
          payment_id?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ReviewCase'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound3'];
      409: components['responses']['Conflict5'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listParkedMessages: {
    parameters: {
      query?: {
        status?: 'parked' | 'discarded';
        limit?: number;
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ParkedMessage'][];
            meta: {
              count: number;
              count_is_exact: boolean;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  replayParkedMessage: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ParkedMessage'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  discardParkedMessage: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ParkedMessage'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  refundPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "amount": "200.00",
         *       "reason": "one of two came back"
         *     }
         */
        'application/json': {
          reason: string;
          /** @example 500.00 */
          amount?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              id: string;
              livemode: boolean;
              /** @enum {string} */
              status:
                | 'pending'
                | 'awaiting_verification'
                | 'completed'
                | 'failed'
                | 'expired'
                | 'partially_refunded'
                | 'refunded';
              /** @example 500.00 */
              amount: string;
              /** @example 500.00 */
              refunded_amount: string;
              currency: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              updated_at: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:payment-not-refundable';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  denyPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked to cancel by phone"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              id: string;
              livemode: boolean;
              /** @enum {string} */
              status:
                | 'pending'
                | 'awaiting_verification'
                | 'completed'
                | 'failed'
                | 'expired'
                | 'partially_refunded'
                | 'refunded';
              failure_reason: string | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              updated_at: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict6'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  eraseCustomer: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "asked for by mail on 3 March"
         *     }
         */
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @description How many name nobody any more. */
              payments: number;
              /** @description What stands for this customer from now on. */
              customer_id: string;
              /** @description There are more than are done at once: ask again. */
              has_more: boolean;
              /** @enum {string} */
              published: 'erased' | 'later' | 'kept';
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:customer-has-open-payments';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listPaymentLinks: {
    parameters: {
      query?: {
        status?: 'active' | 'disabled';
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentLink'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  createPaymentLink: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "amount": "500.00",
         *       "texts": {
         *         "en": {
         *           "title": "Winter course",
         *           "button": "Join"
         *         }
         *       },
         *       "payments_max": 30
         *     }
         */
        'application/json': {
          /**
           * @example {
           *       "en": {
           *         "title": "Winter course",
           *         "button": "Join"
           *       },
           *       "bn": {
           *         "title": "শীতকালীন কোর্স"
           *       }
           *     }
           */
          texts: {
            en?: {
              title: string;
              description?: string | null;
              button?: string | null;
              thank_you?: string | null;
            };
            bn?: {
              title: string;
              description?: string | null;
              button?: string | null;
              thank_you?: string | null;
            };
            pt?: {
              title: string;
              description?: string | null;
              button?: string | null;
              thank_you?: string | null;
            };
          };
          /**
           * @description The end of the address: `/l/{slug}`.
           * @example winter-course
           */
          slug?: string;
          /** @enum {string} */
          status?: 'active' | 'disabled';
          /** @example 500.00 */
          amount?: string | null;
          /** @example 500.00 */
          amount_min?: string | null;
          /** @example 500.00 */
          amount_max?: string | null;
          payments_max?: number | null;
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          expires_at?: string | null;
          /** @enum {string} */
          default_language?: 'en' | 'bn' | 'pt';
          /** @enum {string} */
          asks_name?: 'no' | 'optional' | 'required';
          /** @enum {string} */
          asks_phone?: 'no' | 'optional' | 'required';
          /**
           * Format: uri
           * @example https://shop.example.com/thanks
           */
          success_url?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentLink'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getPaymentLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentLink'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  removePaymentLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentLink'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changePaymentLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "status": "disabled"
         *     }
         */
        'application/json': {
          /**
           * @example {
           *       "en": {
           *         "title": "Winter course",
           *         "button": "Join"
           *       },
           *       "bn": {
           *         "title": "শীতকালীন কোর্স"
           *       }
           *     }
           */
          texts?: {
            en?: {
              title: string;
              description?: string | null;
              button?: string | null;
              thank_you?: string | null;
            };
            bn?: {
              title: string;
              description?: string | null;
              button?: string | null;
              thank_you?: string | null;
            };
            pt?: {
              title: string;
              description?: string | null;
              button?: string | null;
              thank_you?: string | null;
            };
          };
          /**
           * @description The end of the address: `/l/{slug}`.
           * @example winter-course
           */
          slug?: string;
          /** @enum {string} */
          status?: 'active' | 'disabled';
          /** @example 500.00 */
          amount?: string | null;
          /** @example 500.00 */
          amount_min?: string | null;
          /** @example 500.00 */
          amount_max?: string | null;
          payments_max?: number | null;
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          expires_at?: string | null;
          /** @enum {string} */
          default_language?: 'en' | 'bn' | 'pt';
          /** @enum {string} */
          asks_name?: 'no' | 'optional' | 'required';
          /** @enum {string} */
          asks_phone?: 'no' | 'optional' | 'required';
          /**
           * Format: uri
           * @example https://shop.example.com/thanks
           */
          success_url?: string | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PaymentLink'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getPixAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PixAccount'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  setPixAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "pix_key": "7d9f0335-8dcc-4054-9bf9-0dbd61d36906",
         *       "beneficiary": "Loja Exemplo",
         *       "city": "Sao Paulo"
         *     }
         */
        'application/json': {
          pix_key: string;
          beneficiary: string;
          city: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['PixAccount'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  issuePixCallback: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "with_header": true
         *     }
         */
        'application/json': {
          with_header?: boolean;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** @description Shown this once. */
              url: string;
              header_name: string | null;
              header_secret: string | null;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:pix-account-not-set';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listRefusedPixEntries: {
    parameters: {
      query?: {
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              reason: string;
              entry: string;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              arrived_at: string;
            }[];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getBankAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['BankAccount'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  setBankAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "VIACREDI",
         *       "code": "085",
         *       "agency": "0101-5",
         *       "account": "12551163",
         *       "account_operation": "Conta Corrente",
         *       "document": "34.911.051/0001-97",
         *       "beneficiary": "Loja Exemplo Ltda"
         *     }
         */
        'application/json': {
          name: string;
          code: string;
          agency: string;
          account: string;
          account_operation: string;
          document: string;
          beneficiary: string;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['BankAccount'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listExchangeRates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ExchangeRate'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  setExchangeRate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "base_currency": "USD",
         *       "rate": "5.19"
         *     }
         */
        'application/json': {
          /** @constant */
          base_currency: 'USD';
          rate: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ExchangeRate'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  previewStatement: {
    parameters: {
      query?: {
        account?: string;
      };
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'text/csv': string;
        'application/x-ofx': string;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['StatementReading'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  importStatement: {
    parameters: {
      query?: {
        account?: string;
      };
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'text/csv': string;
        'application/x-ofx': string;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['StatementReading'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWebhookEndpoints: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookEndpoint'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  createWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "url": "https://shop.example.com/webhooks",
         *       "events": [
         *         "payment.*"
         *       ]
         *     }
         */
        'application/json': {
          /** @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw */
          secret?: string | null;
          /**
           * Format: uri
           * @example https://shop.example.com/webhooks
           */
          url?: string | null;
          description?: string;
          events?: (
            | 'payment.*'
            | 'payment.created'
            | 'payment.awaiting_verification'
            | 'payment.completed'
            | 'payment.failed'
            | 'payment.expired'
            | 'payment.refunded'
            | 'payment.review_required'
            | 'payment.review_resolved'
          )[];
          headers?: {
            [key: string]: string;
          };
          /** @enum {string} */
          order?: 'strict' | 'latest_wins';
          concurrency_max?: number | null;
          rate_per_second?: number | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              livemode: boolean;
              url: string | null;
              description: string;
              events: (
                | 'payment.*'
                | 'payment.created'
                | 'payment.awaiting_verification'
                | 'payment.completed'
                | 'payment.failed'
                | 'payment.expired'
                | 'payment.refunded'
                | 'payment.review_required'
                | 'payment.review_resolved'
              )[];
              headers: {
                [key: string]: string;
              };
              /** @enum {string} */
              order: 'strict' | 'latest_wins';
              concurrency_max: number | null;
              rate_per_second: number | null;
              /** @enum {string} */
              status: 'active' | 'disabled';
              disabled_reason: string | null;
              failing: {
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                since: string;
                failed_attempts: number;
                budget_used_percent: number;
                /**
                 * Format: date-time
                 * @example 2026-06-12T08:30:00.000Z
                 */
                probe_at: string | null;
              } | null;
              /**
               * Format: date-time
               * @example 2026-06-12T08:30:00.000Z
               */
              created_at: string;
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:too-many-endpoints';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookEndpoint'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  removeWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookEndpoint'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "enabled": false
         *     }
         */
        'application/json': {
          enabled?: boolean;
          /**
           * Format: uri
           * @example https://shop.example.com/webhooks
           */
          url?: string | null;
          description?: string;
          events?: (
            | 'payment.*'
            | 'payment.created'
            | 'payment.awaiting_verification'
            | 'payment.completed'
            | 'payment.failed'
            | 'payment.expired'
            | 'payment.refunded'
            | 'payment.review_required'
            | 'payment.review_resolved'
          )[];
          headers?: {
            [key: string]: string;
          };
          /** @enum {string} */
          order?: 'strict' | 'latest_wins';
          concurrency_max?: number | null;
          rate_per_second?: number | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookEndpoint'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw */
          secret?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getCallbackSecret: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rotateCallbackSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        endpoint_id?: string;
        status?: 'pending' | 'delivered' | 'given_up' | 'superseded' | 'cancelled';
        event?:
          | 'payment.created'
          | 'payment.awaiting_verification'
          | 'payment.completed'
          | 'payment.failed'
          | 'payment.expired'
          | 'payment.refunded'
          | 'payment.review_required'
          | 'payment.review_resolved';
        /** @description In either spelling. */
        payment_id?: string;
        from?: string;
        to?: string;
        limit?: number;
        /** @description The id of the last one that one has. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookDelivery'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookDeliveryDetail'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  retryWebhookDelivery: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookDelivery'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?:
              | 'urn:paymatch:problem:idempotency-conflict'
              | 'urn:paymatch:problem:endpoint-not-open'
              | 'urn:paymatch:problem:delivery-closed'
              | 'urn:paymatch:problem:delivery-pruned';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  startWebhookReplay: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "scope": "failed"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          scope: 'failed' | 'all';
          /**
           * Format: date-time
           * @example 2026-06-12T14:30:00+06:00
           */
          since?: string | null;
        };
      };
    };
    responses: {
      /** @description Done. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookReplay'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?: 'urn:paymatch:problem:idempotency-conflict' | 'urn:paymatch:problem:endpoint-not-open';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWebhookReplays: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookReplay'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookReplay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookReplay'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  cancelWebhookReplay: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookReplay'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWebhookAlarms: {
    parameters: {
      query?: {
        type?:
          | 'endpoint.failing'
          | 'endpoint.disabled'
          | 'endpoint.recovered'
          | 'delivery.given-up'
          | 'case.opened'
          | 'phone.silent'
          | 'phone.gap'
          | 'rate.stale';
        endpoint_id?: string;
        limit?: number;
        /** @description The id of the last one that one has. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookAlarm'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookAlarmContacts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookAlarmContacts'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeWebhookAlarmContacts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "emails": [
         *         "ops@shop.example.com"
         *       ]
         *     }
         */
        'application/json': {
          emails?: string[];
          /**
           * Format: uri
           * @example https://shop.example.com/webhooks
           */
          url?: string | null;
          quiet_hours?: {
            /** @example 22:00 */
            from: string;
            /** @example 07:00 */
            to: string;
            /** @example Asia/Dhaka */
            zone: string;
          } | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookAlarmContacts'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookAlarmSecret: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rotateWebhookAlarmSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getOperatorNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookAlarmContacts'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  changeOperatorNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "emails": [
         *         "ops@shop.example.com"
         *       ]
         *     }
         */
        'application/json': {
          emails?: string[];
          /**
           * Format: uri
           * @example https://shop.example.com/webhooks
           */
          url?: string | null;
          quiet_hours?: {
            /** @example 22:00 */
            from: string;
            /** @example 07:00 */
            to: string;
            /** @example Asia/Dhaka */
            zone: string;
          } | null;
        };
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookAlarmContacts'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  testOperatorNotifications: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookAlarmContacts'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getOperatorNotificationSecret: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  rotateOperatorNotificationSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              secret: string;
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  sendWebhookTestEvent: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "type": "payment.completed"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          type?:
            | 'payment.created'
            | 'payment.awaiting_verification'
            | 'payment.completed'
            | 'payment.failed'
            | 'payment.expired'
            | 'payment.refunded'
            | 'payment.review_required'
            | 'payment.review_resolved';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookTestEvent'];
          };
        };
      };
      /** @description Not sent yet; ask for it again. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookTestEvent'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      /** @description Not as things stand. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {unknown} */
            type?:
              | 'urn:paymatch:problem:idempotency-conflict'
              | 'urn:paymatch:problem:endpoint-has-no-url'
              | 'urn:paymatch:problem:too-many-test-events';
          };
        };
      };
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  getWebhookTestEvent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookTestEvent'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listWebhookEvents: {
    parameters: {
      query?: {
        type?:
          | 'payment.created'
          | 'payment.awaiting_verification'
          | 'payment.completed'
          | 'payment.failed'
          | 'payment.expired'
          | 'payment.refunded'
          | 'payment.review_required'
          | 'payment.review_resolved';
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['WebhookEvent'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  makeTestPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "amount": "500.00"
         *     }
         */
        'application/json': {
          /** @example 500.00 */
          amount: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['MadePayment'];
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  pretendOutcome: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
        outcome: 'complete' | 'fail' | 'expire' | 'review';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              id: string;
              /** @enum {string} */
              status:
                | 'pending'
                | 'awaiting_verification'
                | 'completed'
                | 'failed'
                | 'expired'
                | 'partially_refunded'
                | 'refunded';
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict6'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  pretendMessage: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the same answer for a day; with another body it is refused. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "sender": "bKash",
         *       "body": "You have received Tk 500.00 from 01712345678. TrxID BL6K2M4N8P at 12/06/2026 14:31"
         *     }
         */
        'application/json': {
          sender: string;
          body: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: {
              /** Format: uuid */
              id: string;
              /** @constant */
              status: 'accepted';
            };
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound2'];
      409: components['responses']['Conflict2'];
      413: components['responses']['PayloadTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['UnprocessableEntity2'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
  listApiRequests: {
    parameters: {
      query?: {
        /** @description `error`: 400 and above. */
        status?: 'ok' | 'error';
        limit?: number;
        /** @description An earlier page’s `next`. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'X-RateLimit-Limit': components['headers']['X-RateLimit-Limit'];
          'X-RateLimit-Remaining': components['headers']['X-RateLimit-Remaining'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            data: components['schemas']['ApiRequest'][];
            /** Format: uuid */
            next: string | null;
          };
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      422: components['responses']['UnprocessableEntity'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalServerError'];
      503: components['responses']['ServiceUnavailable'];
    };
  };
}
