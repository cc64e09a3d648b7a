import type { Session } from '../api/session';
import { Link, useParams, type LinkProps } from '@tanstack/react-router';
import { Icon, type IconName } from '../parts/icon';
import { useTexts, type Texts } from '../texts/texts';

interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly name: keyof Texts['navigation'] | Exclude<keyof Texts['places'], 'installation'>;
}

const at = '/m/$merchant/$mode';
const shopPlaces: readonly (readonly Place[])[] = [
  [
    { to: `${at}/today`, icon: 'today', name: 'today' },
    { to: `${at}/payments`, icon: 'payments', name: 'payments' },
    { to: `${at}/review`, icon: 'review', name: 'review' },
    { to: `${at}/money`, icon: 'money', name: 'money' },
    { to: `${at}/payment-links`, icon: 'links', name: 'links' },
    { to: `${at}/refunds`, icon: 'refunds', name: 'refunds' },
    { to: `${at}/customers`, icon: 'customers', name: 'customers' },
    { to: `${at}/phones`, icon: 'phone', name: 'phones' },
  ],
  [
    { to: `${at}/webhooks`, icon: 'webhooks', name: 'webhooks' },
    { to: `${at}/keys`, icon: 'keys', name: 'keys' },
    { to: `${at}/developers`, icon: 'developers', name: 'developers' },
  ],
  [
    { to: `${at}/settings`, icon: 'settings', name: 'settings' },
    { to: `${at}/people`, icon: 'people', name: 'people' },
    { to: `${at}/audit`, icon: 'audit', name: 'audit' },
  ],
];

const operatorPlaces: readonly Place[] = [
  { to: '/operator/merchants', icon: 'operator', name: 'merchants' },
  { to: '/operator/people', icon: 'people', name: 'allPeople' },
  { to: '/operator/audit', icon: 'audit', name: 'allAudit' },
  { to: '/operator/services', icon: 'services', name: 'services' },
  { to: '/operator/backups', icon: 'backups', name: 'backups' },
  { to: '/operator/unknown-texts', icon: 'texts', name: 'unknownTexts' },
  { to: '/operator/parked-messages', icon: 'parked', name: 'parkedMessages' },
  { to: '/operator/notifications', icon: 'bell', name: 'operatorNotifications' },
  { to: '/operator/settings', icon: 'settings', name: 'installationSettings' },
];

export function Navigation({ session }: { readonly session: Session }) {
  const { navigation, places: ofInstallation } = useTexts();
  const names = { ...ofInstallation, ...navigation };
  const { merchant, mode } = useParams({ strict: false });
  const isInShop = merchant !== undefined && mode !== undefined;
  return (
    <nav className="frame-nav" aria-label={navigation.label}>
      {isInShop && shopPlaces.map((places) => <Places key={places[0]!.name} {...{ places, names }} />)}
      {session.is_operator && (
        <>
          <p className="nav-title" id="places-of-installation">
            {ofInstallation.installation}
          </p>
          <Places places={operatorPlaces} names={names} labelledBy="places-of-installation" />
        </>
      )}
    </nav>
  );
}

function Places(props: {
  readonly places: readonly Place[];
  readonly names: Readonly<Record<Place['name'], string>>;
  readonly labelledBy?: string;
}) {
  const { merchant, mode } = useParams({ strict: false });
  return (
    <ul aria-labelledby={props.labelledBy}>
      {props.places.map((place) => (
        <li key={place.name}>
          <Link to={place.to} params={{ merchant, mode } as never} className="nav-link">
            <Icon name={place.icon} />
            {props.names[place.name]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
