import { Link, useParams, type LinkProps } from '@tanstack/react-router';
import type { Session } from '../api/session';
import { Icon, type IconName } from '../parts/icon';
import { useTexts, type Texts } from '../texts/texts';

interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly name: keyof Texts['navigation'];
}

const shopPlaces: readonly (readonly Place[])[] = [
  [{ to: '/m/$merchant/$mode/review', icon: 'review', name: 'review' }],
];
const operatorPlaces: readonly Place[] = [{ to: '/operator', icon: 'operator', name: 'merchants' }];

export function Navigation({ session }: { readonly session: Session }) {
  const { navigation } = useTexts();
  const { merchant, mode } = useParams({ strict: false });
  const places = [
    ...(merchant === undefined || mode === undefined ? [] : shopPlaces),
    ...(session.is_operator ? [operatorPlaces] : []),
  ];
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
