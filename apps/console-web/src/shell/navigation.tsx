import { Link, useParams, type LinkProps } from '@tanstack/react-router';
import { Icon, type IconName } from '../parts/icon';
import { useTexts, type Texts } from '../texts/texts';

interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly name: keyof Texts['navigation'];
}

const at = '/m/$merchant/$mode';
const shopPlaces: readonly (readonly Place[])[] = [
  [
    { to: `${at}/payments`, icon: 'payments', name: 'payments' },
    { to: `${at}/review`, icon: 'review', name: 'review' },
    { to: `${at}/money`, icon: 'money', name: 'money' },
    { to: `${at}/phones`, icon: 'phone', name: 'phones' },
  ],
  [
    { to: `${at}/webhooks`, icon: 'webhooks', name: 'webhooks' },
    { to: `${at}/keys`, icon: 'keys', name: 'keys' },
  ],
  [{ to: `${at}/settings`, icon: 'settings', name: 'settings' }],
];

export function Navigation() {
  const { navigation } = useTexts();
  const { merchant, mode } = useParams({ strict: false });
  const places = merchant === undefined || mode === undefined ? [] : shopPlaces;
  return (
    <nav className="frame-nav" aria-label={navigation.label}>
      {places.map((group) => (
        <ul key={group[0]!.name}>
          {group.map((place) => (
            <li key={place.name}>
              <Link to={place.to} params={{ merchant, mode } as never} className="nav-link">
                <Icon name={place.icon} />
                {navigation[place.name]}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
