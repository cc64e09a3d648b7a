export * from './mail.sender.js';
export * from './mail.settings.js';
export * from './smtp.mail-sender.js';
