import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { sessionQuery } from '../api/session';
import { Panel, Screen } from '../parts/screen';
import { Facts } from '../parts/values';
import { useTexts } from '../texts/texts';
import { Authenticator } from './me-authenticator';
import { ChangePassword } from './me-password';
import { Passkeys } from './me-passkeys';
import { OwnSessions } from './me-sessions';

/** What a person has of their own: name, ways to sign in, where they are signed in. */
export function Me() {
  const { common, login, setup } = useTexts();
  const { session: first } = useRouteContext({ from: '/inside' });
  const { data } = useQuery(sessionQuery);
  const { user } = data ?? first;
  return (
    <Screen title={common.mySecurity}>
      <Panel>
        <Facts
          facts={[
            [setup.name, user.name],
            [login.email, user.email],
          ]}
        />
      </Panel>
      <ChangePassword />
      <Authenticator isInUse={user.totp_enabled} />
      <Passkeys />
      <OwnSessions />
    </Screen>
  );
}
