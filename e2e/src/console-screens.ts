/**
 * Every screen of the console, and every tab of one, by the address that the router gives it; where one thing is shown,
 * `$name` stands for its id. All that is listed here axe looks at, light and dark, at a desk and on a phone.
 */
export const shopScreens: readonly string[] = [
  ...['today', 'payments', 'payments/$payment', 'review', 'payment-links', 'refunds', 'customers'],
  ...['customers/$customer', 'phones', 'keys', 'settings', 'people', 'audit'],
  ...['money', 'money?tab=reconciliation', 'money?tab=statement', 'money?tab=enter', 'money?tab=days'],
  ...['money?tab=parked', 'webhooks', 'webhooks?tab=deliveries', 'webhooks?tab=replays'],
  ...['developers', 'developers?tab=requests', 'developers?tab=simulator', 'developers?tab=pages'],
];

export const operatorScreens: readonly string[] = [
  ...['operator/merchants', 'operator/merchants/$id', 'operator/people', 'operator/audit', 'operator/services'],
  ...['operator/backups', 'operator/unknown-texts', 'operator/parked-messages', 'operator/notifications'],
  ...['operator/settings', 'me'],
];

/** In the order in which somebody without a session can see them. */
export const openScreens: readonly string[] = ['setup', 'forgot', 'reset#token=x', 'login'];

/** Where a screen is that shows one of these. */
export function placed(screen: string, samples: Readonly<Record<string, string>>): string {
  return screen.replace(/\$(\w+)/g, (_whole, name: string) => {
    const id = samples[name];
    if (id === undefined) throw new Error(`${screen} needs a ${name} that it shows`);
    return id;
  });
}
