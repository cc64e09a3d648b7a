export * from './audit-log.js';
export * from './members.store.js';
export * from './merchant-office.js';
export { VISIT_MS } from './operator-visits.store.js';
export { resetAuthenticator } from './authenticator-reset.js';
export { Passkeys } from './passkeys/passkeys.js';
export { CHALLENGE_LIFE_MS } from './passkeys/passkey-challenges.store.js';
export { PASSKEYS_MAX, type PasskeyView } from './passkeys/passkeys.store.js';
export * from './people.migrations.js';
export * from './people.module.js';
export * from './password-resets.js';
export { PeopleMail } from './people-mail.js';
export * from './people.ports.js';
export * from './people-stores.js';
export { PanelDoor, type DoorAccess } from './panel-door.js';
export {
  argon2id,
  passwordProblem,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  PasswordKeeper,
  TooManySignIns,
} from './passwords.js';
export * from './role-table.js';
export * from './session-cookie.js';
export { SESSION_IDLE_MS, SESSION_LIFE_MS, STEP_UP_MS } from './sessions.store.js';
export * from './sign-in.js';
export { PeopleDirectory, type ListedPerson } from './people-directory.store.js';
