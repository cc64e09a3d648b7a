import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { ask, panelClient } from '../api/client';
import { Dialog, useChange } from '../parts/action';
import { Answer, Failure } from '../parts/answer';
import { Panel, Screen } from '../parts/screen';
import { useTexts } from '../texts/texts';
import { ContactsForm } from './contacts-form';
import { ShownSecret } from './webhook-endpoint';

/** Who is told of what concerns everybody here, with a test that shows whether it reaches them. */
export function OperatorNotifications() {
  const { operatorNotifications: texts, webhooks } = useTexts();
  const api = panelClient(null);
  const contacts = useQuery({
    queryKey: ['installation', 'notifications'],
    queryFn: async () => (await ask(api.GET('/api/panel/v1/operator/notifications'))).data,
  });
  const test = useChange(
    () => ask(api.POST('/api/panel/v1/operator/notifications/test', { body: {} })),
    () => notifications.show({ message: texts.tested, color: 'brand' }),
  );
  return (
    <Screen title={texts.title}>
      <Panel>
        <Answer query={contacts} lines={3}>
          {(found) => (
            <ContactsForm
              found={found}
              about={texts.about}
              isAllowed
              save={(body) => ask(api.PATCH('/api/panel/v1/operator/notifications', { body }))}
              actions={
                <>
                  <Button variant="default" loading={test.isPending} onClick={() => test.mutate(undefined)}>
                    {texts.test}
                  </Button>
                  <Dialog label={webhooks.secret} title={webhooks.secret}>
                    {() => (
                      <ShownSecret
                        show={() => ask(api.GET('/api/panel/v1/operator/notifications/secret'))}
                        rotate={() => ask(api.POST('/api/panel/v1/operator/notifications/rotate-secret', { body: {} }))}
                      />
                    )}
                  </Dialog>
                </>
              }
            />
          )}
        </Answer>
        {test.error !== null && <Failure error={test.error} />}
      </Panel>
    </Screen>
  );
}
