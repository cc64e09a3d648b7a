import { useRouteContext } from '@tanstack/react-router';
import { Screen, Panel } from '../parts/screen';
import { Facts } from '../parts/values';
import { useTexts } from '../texts/texts';

/** What a person has of their own: name, ways to sign in. */
export function Me() {
  const { common, login, setup } = useTexts();
  const { session } = useRouteContext({ from: '/inside' });
  return (
    <Screen title={common.mySecurity}>
      <Panel>
        <Facts
          facts={[
            [setup.name, session.user.name],
            [login.email, session.user.email],
          ]}
        />
      </Panel>
    </Screen>
  );
}
